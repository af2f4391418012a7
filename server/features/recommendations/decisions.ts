// Changes by hand: one item, whole rooms, arrangements, whole orders, prices of today; each in one transaction, each can be
// taken back.
import type {
  AddItemRequest,
  ArrangedScenario,
  ArrangementChoices,
  ArrangeRequest,
  BulkRequest,
  BulkResult,
  ChangedItem,
  CreditSwaps,
  Recommendation,
  UpdateItemRequest,
} from '../../../contract/recommendations.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import { addItem } from './additions.ts';
import { arrangementChoices, takeArrangement } from './arrangements.ts';
import { changeMany } from './bulk.ts';
import { recounted, undoChange } from './change.ts';
import { creditSwaps } from './credit-swaps.ts';
import { changeItem } from './items.ts';
import { applyOrder, type OrderChanges, type OrderOutcome } from './order.ts';
import { planningOf } from './planning.ts';
import type { Reading } from './reading.ts';
import * as scenarioRows from './sql/scenarios.ts';

export function makeDecisions(deps: Deps, reading: Reading) {
  const { postgres } = deps;
  const { changing, oneItem, oneScenario, read, scenarioWith, tell } = reading;
  return {
    /** Accepts, rejects, locks, counts or swaps one item; its room and the scenario's sums follow in the same transaction. */
    async updateItem(
      actor: Actor,
      id: string,
      itemId: string,
      change: UpdateItemRequest,
    ): Promise<ChangedItem> {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const effect = await changeItem(who, { recommendation, project, itemId, change });
        return { ...(await oneItem(who.tx, project.id, id, itemId)), effect };
      });
    },

    async addItem(actor: Actor, id: string, request: AddItemRequest): Promise<ChangedItem> {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const { item_id, effect } = await addItem(who, recommendation, project, request);
        return { ...(await oneItem(who.tx, project.id, id, item_id)), effect };
      });
    },

    async changeMany(actor: Actor, id: string, request: BulkRequest): Promise<BulkResult> {
      return await changing(actor, id, (who, { recommendation, project }) =>
        changeMany(who, recommendation, project, request),
      );
    },

    /** `after` is written in the same transaction. */
    async undo(actor: Actor, id: string, changeId: string, after?: (tx: Tx) => Promise<void>) {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const undone = await undoChange(who, recommendation, project, changeId);
        await after?.(who.tx);
        return undone;
      });
    },

    /** Takes a whole order over as one change; `plan` and `after` run in its transaction, with the recommendation locked. */
    async applyOrder(
      actor: Actor,
      scenarioId: string,
      plan: (tx: Tx) => Promise<OrderChanges>,
      after: (tx: Tx, outcome: OrderOutcome) => Promise<void>,
    ): Promise<OrderOutcome> {
      const { outcome, recommendation } = await postgres.withContext(actor, async (tx) => {
        const found = await scenarioWith(tx, scenarioId, 'project:edit', true);
        const done = await applyOrder({ tx, actor, now: deps.now() }, found, await plan(tx));
        await after(tx, done);
        return { outcome: done, recommendation: found.recommendation };
      });
      await tell(recommendation.project_id, recommendation.id, actor);
      return outcome;
    },

    /** Today's list prices and lead times instead of those of the quote, under the terms of today. */
    async reprice(actor: Actor, id: string): Promise<Recommendation> {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const planning = await planningOf(who.tx, project.id, who.now);
        for (const scenario of await scenarioRows.listScenarios(who.tx, { recommendation_id: id }))
          await recounted(who, project, scenario, planning, { refresh_prices: true });
        return await read(who.tx, recommendation);
      });
    },

    async creditSwaps(actor: Actor, scenarioId: string, ruleId: string): Promise<CreditSwaps> {
      return await postgres.withContext(actor, async (tx) => {
        const { scenario, project } = await scenarioWith(tx, scenarioId, 'project:read');
        return await creditSwaps(tx, scenario, await planningOf(tx, project.id, deps.now()), ruleId);
      });
    },

    async arrangements(actor: Actor, scenarioId: string, spaceId?: string): Promise<ArrangementChoices> {
      return await postgres.withContext(actor, async (tx) => {
        const { scenario, recommendation, project } = await scenarioWith(tx, scenarioId, 'project:read');
        return await arrangementChoices(tx, deps.now(), recommendation, project, scenario, spaceId);
      });
    },

    async arrange(actor: Actor, scenarioId: string, request: ArrangeRequest): Promise<ArrangedScenario> {
      const { result, recommendation_id } = await postgres.withContext(actor, async (tx) => {
        const found = await scenarioWith(tx, scenarioId, 'project:edit', true);
        const { scenario, recommendation, project } = found;
        const who = { tx, actor, now: deps.now() };
        const effect = await takeArrangement(
          who,
          recommendation,
          project,
          scenario,
          request.arrangement,
          request.space_id,
        );
        return {
          result: { ...(await oneScenario(tx, project.id, scenarioId)), effect },
          recommendation_id: recommendation.id,
        };
      });
      await tell(result.project_id, recommendation_id, actor);
      return result;
    },
  };
}
