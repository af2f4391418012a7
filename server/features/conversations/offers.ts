// What an answer offers and a person takes: a swap is carried out with that person's rights by the same code as a swap in
// the furniture list, and taken back the same way.
import type { Action } from '../../../contract/conversations.ts';
import type { Answer } from '../../../engine/conversation/facts.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Postgres } from '../../platform/postgres.ts';
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
    work: (action: Action) => { action: Action; result: T },
  ): Promise<T> {
    return await postgres.withContext(actor, async (tx) => {
      const conversation = await db.findConversation(tx, conversationId, { lock: false });
      if (conversation === undefined) throw notFound('conversation');
      await requireProject(tx, conversation.project_id, 'project:edit');
      const message = await db.lockMessage(tx, conversationId, messageId);
      const actions = (message?.actions ?? []) as Action[];
      const action = actions[index];
      if (action === undefined) throw notFound('action of this message');
      if (action.type !== 'swap_item' || action.swap === undefined)
        throw new AppError('invalid_input', 'This action is not an offer; there is nothing to apply.');
      const { action: after, result } = work(action);
      await db.updateActions(tx, messageId, actions.with(index, after));
      return result;
    });
  }

  return {
    async apply(actor: Actor, conversationId: string, messageId: string, index: number): Promise<Action> {
      // Marked first, so that two presses do not make two swaps; put back where the swap is refused.
      const swap = await withAction(actor, conversationId, messageId, index, (action) => {
        if (action.state === 'applied')
          throw new AppError('conflict', 'This is done already; undo it first.');
        if (action.swap === undefined) throw notFound('swap');
        return { action: { ...action, state: 'applied' }, result: action.swap };
      });
      try {
        const { effect } = await recommendations.updateItem(actor, swap.recommendation_id, swap.item_id, {
          product_id: swap.product_id,
          reason: 'Taken from the conversation',
        });
        return await withAction(actor, conversationId, messageId, index, (action) => {
          const after = {
            ...action,
            state: 'applied' as const,
            swap: { ...swap, change_id: effect.change_id },
          };
          return { action: after, result: after };
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
      const swap = await withAction(actor, conversationId, messageId, index, (action) => {
        if (action.state !== 'applied' || action.swap?.change_id == null)
          throw new AppError('conflict', 'This has not been applied; there is nothing to take back.');
        return { action, result: action.swap };
      });
      await recommendations.undo(actor, swap.recommendation_id, swap.change_id ?? '');
      return await withAction(actor, conversationId, messageId, index, (action) => {
        const after = { ...action, state: 'undone' as const, swap: { ...swap, change_id: null } };
        return { action: after, result: after };
      });
    },
  };
}
