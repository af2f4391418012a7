// `ofs seed demo`: a fictional organization with one project, made through the services a person would use.
import { type App, openApp } from '../app.ts';
import type { DemoSignIn } from '../features/accounts/routes.ts';
import { DEMO_DOMAIN } from '../features/accounts/service.ts';
import { type Command, UsageError } from './command.ts';

const DEMO: DemoSignIn = { email: `demo@${DEMO_DOMAIN}`, password: 'paper-white-hairline' };

export const seedCommand: Command = {
  name: 'seed',
  usage: 'seed demo',
  summary: 'the fictional demonstration: people, catalogue, a finished project',
  options: {},
  async run({ words, config, log, print }) {
    if (words[0] !== 'demo' || words.length > 1) throw new UsageError(`Usage: ofs ${this.usage}`);
    const app = await openApp(config, log);
    try {
      await app.startWork({ work: true });
      const made = await ensureDemo(app);
      print({ made, sign_in: DEMO }, () =>
        made
          ? `The demonstration is there: ${DEMO.email} / ${DEMO.password}`
          : 'The demonstration was there already.',
      );
    } finally {
      await app.close();
    }
  },
};

/** The demonstration's sign-in, if it has been seeded here. */
export async function demoSignIn(app: App): Promise<DemoSignIn | null> {
  return (await app.features.accounts.exists(DEMO.email)) ? DEMO : null;
}

/** Seeds once; true where it did. */
export async function ensureDemo(app: App): Promise<boolean> {
  const { accounts } = app.features;
  if (await accounts.exists(DEMO.email)) return false;
  const origin = { ip_address: null, user_agent: 'seed', request_id: null };
  await accounts.register(
    {
      email: DEMO.email,
      password: DEMO.password,
      first_name: 'Robin',
      last_name: 'Example',
      user_type: 'designer',
      company: 'Fieldstone Interiors (fictional)',
    },
    origin,
  );
  return true;
}
