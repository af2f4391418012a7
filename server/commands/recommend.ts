// `ofs recommend PROJECT_ID`: a recommendation made in the name of the project's owner.
import { z } from 'zod';
import { openApp } from '../app.ts';
import { type Command, UsageError } from './command.ts';

export const recommendCommand: Command = {
  name: 'recommend',
  usage: 'recommend PROJECT_ID',
  summary: 'furniture for a project: items with reasons and three priced scenarios',
  options: {},
  async run({ words, config, log, print }) {
    const [projectId, ...rest] = words;
    if (projectId === undefined || rest.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    if (!z.uuid().safeParse(projectId).success)
      throw new UsageError(`${projectId} is not a project id; give the UUID from the project's address.`);
    const app = await openApp(config, log);
    try {
      await app.startWork({ work: true });
      const { projects, recommendations } = app.features;
      const owner = await projects.ownerOf(projectId);
      const actor = {
        user_id: owner,
        is_admin: false,
        by: { kind: 'token' as const, token_id: 'command line', scopes: [] },
      };
      const id = await recommendations.start(actor, projectId, {});
      let answer = await recommendations.wait(actor, id);
      while (!answer.done) answer = await recommendations.wait(actor, id);
      const { items, scenarios, notes } = answer.recommendation;
      print(answer.recommendation, () =>
        [
          ...scenarios.map(
            (one) => `${one.name.padEnd(14)} ${one.total_cost.toLocaleString('en-US')} ${one.currency}`,
          ),
          ...items.map(
            (one) =>
              `  ${String(one.quantity).padStart(4)} × ${one.product.name}  ${(one.space_name ?? '').padEnd(20)} ${one.total_price.toLocaleString('en-US')}`,
          ),
          ...notes.map((note) => `  ! ${note}`),
        ].join('\n'),
      );
    } finally {
      await app.close();
    }
  },
};
