// What an answer offers and a person takes: a swap or an added product is carried out with that person's rights by the same
// code as in the furniture list, and taken back the same way.
import type { Action } from '../../../contract/conversations.ts';
import type { Answer } from '../../../engine/conversation/facts.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Postgres } from '../../platform/postgres.ts';
import { judgeAnswerCalls } from '../model-metrics.ts';
import { requireProject } from '../projects/service.ts';
import type { Recommendations } from '../recommendations/service.ts';
import * as db from './sql.ts';

export function offersOf(answer: Answer, recommendationId: string | null): Action[] {
  if (recommendationId === null) return [];
  return answer.proposals.map(({ item_id, product_id, label, price_diff }) => ({
    type: 'swap_item',
    state: 'proposed',
    swap: { recommendation_id: recommendationId, item_id, product_id, label, price_diff, change_id: null },
  }));
}

export function makeOffers({
  postgres,
  recommendations,
}: {
  postgres: Postgres;
  recommendations: Recommendations;
}) {
  /** The action as it stands; with `change` it is written down. */
  async function withAction<T>(
    actor: Actor,
    conversationId: string,
    messageId: string,
    index: number,
    work: (action: Action) => { action: Action; result: T; judged?: boolean },
  ): Promise<T> {
    return await postgres.withContext(actor, async (tx) => {
      const conversation = await db.findConversation(tx, conversationId, { lock: false });
      if (conversation === undefined) throw notFound('conversation');
      await requireProject(tx, conversation.project_id, 'project:edit');
      const message = await db.lockMessage(tx, conversationId, messageId);
      const actions = (message?.actions ?? []) as Action[];
      const action = actions[index];
      if (action === undefined) throw notFound('action of this message');
      if (changeOf(action) === undefined)
        throw new AppError('invalid_input', 'This action is not an offer; there is nothing to apply.');
      const { action: after, result, judged } = work(action);
      await db.updateActions(tx, messageId, actions.with(index, after));
      if (judged !== undefined) await judgeAnswerCalls(tx, messageId, judged);
      return result;
    });
  }

  /** Carries an offer out; the id takes it back. */
  async function carryOut(actor: Actor, { swap, item }: Action): Promise<string | null> {
    const reason = 'Taken from the conversation';
    if (swap !== undefined) {
      const { recommendation_id, item_id, product_id } = swap;
      const { effect } = await recommendations.updateItem(actor, recommendation_id, item_id, {
        product_id,
        reason,
      });
      return effect.change_id;
    }
    if (item === undefined) throw notFound('offer');
    const { recommendation_id, product_id, space_id, quantity } = item;
    const { effect } = await recommendations.addItem(actor, recommendation_id, {
      product_id,
      space_id,
      quantity,
      reason,
    });
    return effect.change_id;
  }

  return {
    async apply(actor: Actor, conversationId: string, messageId: string, index: number): Promise<Action> {
      // Marked first, so that two presses do not make two changes; put back where the change is refused.
      const offer = await withAction(actor, conversationId, messageId, index, (action) => {
        if (action.state === 'applied')
          throw new AppError('conflict', 'This is done already; undo it first.');
        return { action: { ...action, state: 'applied' }, result: action };
      });
      try {
        const change_id = await carryOut(actor, offer);
        return await withAction(actor, conversationId, messageId, index, (action) => {
          const after = marked(action, 'applied', change_id);
          return { action: after, result: after, judged: true };
        });
      } catch (error) {
        await withAction(actor, conversationId, messageId, index, (action) => ({
          action: { ...action, state: 'proposed' },
          result: null,
        }));
        throw error;
      }
    },

    async undo(actor: Actor, conversationId: string, messageId: string, index: number): Promise<Action> {
      const change = await withAction(actor, conversationId, messageId, index, (action) => {
        const made = changeOf(action);
        if (action.state !== 'applied' || made?.change_id == null)
          throw new AppError('conflict', 'This has not been applied; there is nothing to take back.');
        return { action, result: { id: made.change_id, recommendation_id: made.recommendation_id } };
      });
      await recommendations.undo(actor, change.recommendation_id, change.id);
      return await withAction(actor, conversationId, messageId, index, (action) => {
        const after = marked(action, 'undone', null);
        return { action: after, result: after, judged: false };
      });
    },
  };
}

/** What an offer is about; undefined where the action is none. */
function changeOf(action: Action): { recommendation_id: string; change_id: string | null } | undefined {
  if (action.type === 'swap_item') return action.swap;
  return action.type === 'add_item' ? action.item : undefined;
}

function marked(action: Action, state: 'applied' | 'undone', change_id: string | null): Action {
  return {
    ...action,
    state,
    ...(action.swap === undefined ? {} : { swap: { ...action.swap, change_id } }),
    ...(action.item === undefined ? {} : { item: { ...action.item, change_id } }),
  };
}
