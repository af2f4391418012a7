// `ofs seed demo`: a fictional organization with a project finished to the end, made through the services a person would
// use. Each step looks first whether it is done, so that a seed that was interrupted goes on where it stopped.
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { type App, openApp } from '../app.ts';
import type { DemoSignIn } from '../features/accounts/routes.ts';
import { DEMO_DOMAIN } from '../features/accounts/service.ts';
import type { Actor } from '../platform/http.ts';
import { type Command, UsageError } from './command.ts';

const DEMO: DemoSignIn = { email: `demo@${DEMO_DOMAIN}`, password: 'paper-white-hairline' };
const ORIGIN = { ip_address: null, user_agent: 'seed', request_id: null };
const PLAN_SEED = 8;
const CATALOGUE_SEED = 1;

const FINISHED = 'Fieldstone Works, level 3 (fictional)';
const BEGUN = 'Harbour Street studio (fictional)';
const MESSAGES = [
  'Hi! We are fitting out level 3 for 34 people: 30 workstations, all with height-adjustable desks and ergonomic chairs. No lounge seating, please.',
  'Budget is around $260,000, not to exceed $300,000. Sustainability is a high priority for us, and we like a modern, minimalist look.',
  'It has to be installed by the end of the first quarter. Lead times over 60 days will not work.',
];

export const seedCommand: Command = {
  name: 'seed',
  usage: 'seed demo',
  summary: 'the fictional demonstration: a catalogue and a project finished to the end',
  options: {},
  async run({ words, config, log, print }) {
    if (words[0] !== 'demo' || words.length > 1) throw new UsageError(`Usage: ofs ${this.usage}`);
    const app = await openApp(config, log);
    try {
      await app.startWork({ work: true });
      await ensureDemo(app);
      print({ sign_in: DEMO }, () => `The demonstration is there: ${DEMO.email} / ${DEMO.password}`);
    } finally {
      await app.close();
    }
  },
};

/** The demonstration's sign-in, if it has been seeded here. */
export async function demoSignIn(app: App): Promise<DemoSignIn | null> {
  return (await app.features.accounts.exists(DEMO.email)) ? DEMO : null;
}

/** Brings the demonstration to its end, whatever of it is there. Nothing is touched once it is finished. */
export async function ensureDemo(app: App, tell: (text: string) => void = () => undefined): Promise<void> {
  const { accounts, catalog, organizations, projects } = app.features;
  if (!(await accounts.exists(DEMO.email))) {
    await accounts.register(
      {
        ...DEMO,
        first_name: 'Robin',
        last_name: 'Example',
        user_type: 'designer',
        company: 'Fieldstone Interiors (fictional)',
      },
      ORIGIN,
    );
  }
  const demo: Actor = await accounts.actorFor(DEMO.email);
  const known = await projects.list(demo, { limit: 50, deleted: 'false' });
  if (known.items.some((project) => project.name === FINISHED && project.selected_total !== null)) return;
  const deleted = await projects.list(demo, { limit: 50, deleted: 'true' });
  if (deleted.items.some((project) => project.name === FINISHED)) return;
  // A dealer whom the maker has confirmed: cost and margin are shown, as in a dealer's day.
  for (const own of (await organizations.list(demo, { limit: 1 })).items)
    if (own.price_access === 'list')
      await app.deps.postgres.asSystem((tx) =>
        tx
          .updateTable('organizations')
          .set({ type: 'dealer', dealer_confirmed_at: app.deps.now() })
          .where('id', '=', own.id)
          .execute(),
      );
  if ((await catalog.searchProducts({ limit: 1 })).items.length === 0) {
    tell('Seeding a fictional catalogue …');
    await catalog.seedGenerated({ seed: CATALOGUE_SEED });
  }
  tell('Seeding a demonstration project …');
  if (!known.items.some((project) => project.name === BEGUN)) {
    await projects.create(demo, {
      name: BEGUN,
      client: { name: 'Harbour Street Partners (fictional)' },
      tags: ['demonstration'],
    });
  }
  const project =
    known.items.find((one) => one.name === FINISHED) ??
    (await projects.create(demo, {
      name: FINISHED,
      description:
        'A demonstration with fictional people, products and prices: look around, change things, begin your own.',
      client: { name: 'Fieldstone Works (fictional)' },
      tags: ['demonstration'],
    }));
  await seedPlan(app, demo, project.id);
  await seedBrief(app, demo, project.id);
  await seedFurniture(app, demo, project.id);
}

async function seedPlan(app: App, demo: Actor, projectId: string): Promise<void> {
  const { floorPlans } = app.features;
  let [plan] = await floorPlans.list(demo, projectId);
  plan ??= await floorPlans.upload(demo, projectId, {
    file_name: 'fieldstone-level-3.dxf',
    stream: Readable.from([Buffer.from(samplePlanDxf(PLAN_SEED))]),
  });
  while (plan.status === 'uploaded' || plan.status === 'processing') {
    await wait(100);
    plan = await floorPlans.get(demo, plan.id);
  }
  if (plan.status === 'failed')
    throw new Error(`The demonstration's plan could not be read: ${plan.processing_error}`);
  if (plan.level_name !== 'Level 3') await floorPlans.update(demo, plan.id, { level_name: 'Level 3' });
}

async function seedBrief(app: App, demo: Actor, projectId: string): Promise<void> {
  const { conversations } = app.features;
  const [known] = await conversations.list(demo, projectId);
  const conversation = known ?? (await conversations.create(demo, projectId));
  const said = (await conversations.messages(demo, conversation.id, { limit: 100 })).items.filter(
    (message) => message.role === 'user',
  ).length;
  for (const message of MESSAGES.slice(said))
    await conversations.post(demo, conversation.id, message, { offline: true });
}

async function seedFurniture(app: App, demo: Actor, projectId: string): Promise<void> {
  const { recommendations, projects } = app.features;
  const id = await recommendations.start(demo, projectId, {});
  let answer = await recommendations.wait(demo, id);
  while (!answer.done) answer = await recommendations.wait(demo, id);
  const { scenarios, notes, items } = answer.recommendation;
  const balanced = scenarios.find((one) => one.type === 'balanced');
  if (balanced === undefined)
    throw new Error(`Nothing could be recommended for the demonstration: ${notes.join(' ')}`);
  for (const item of items.slice(0, 3))
    await recommendations.updateItem(demo, id, item.id, { status: 'accepted' });
  await recommendations.select(demo, balanced.id);
  const project = await projects.get(demo, projectId);
  if (project.status === 'draft')
    await projects.update(demo, projectId, { status: 'in_progress' }, undefined, ORIGIN);
}
