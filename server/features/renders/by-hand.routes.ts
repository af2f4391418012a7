// Adding a product of the catalogue to a scenario's bill by hand: one change like any other, so that the room is furnished
// anew, the sums follow and it can be taken back.
import { z } from 'zod';
import { Id } from '../../../contract/common.ts';
import { AddedItem, AddItemRequest } from '../../../contract/renders.ts';
import { notFound } from '../../platform/errors.ts';
import { type Actor, actorOf, type Server } from '../../platform/http.ts';
import type { Recommendations } from '../recommendations/service.ts';
import * as db from './sql.ts';

async function addItem(
  recommendations: Recommendations,
  actor: Actor,
  scenarioId: string,
  { product_id, variant_id, space_id, quantity }: AddItemRequest,
): Promise<AddedItem> {
  let answer: AddedItem = { change_id: null, recommendation_id: null, added: 0, left_out: [] };
  await recommendations.applyOrder(
    actor,
    scenarioId,
    async (tx) => {
      const product = await db.productToAdd(tx, product_id, variant_id);
      if (product === undefined) throw notFound('product, or variant of it, that is sold');
      if (space_id !== null && !(await db.spaceOfScenario(tx, scenarioId, space_id)))
        throw notFound('room of this project');
      return {
        label: `Added ${quantity} × ${product.name}`,
        counts: new Map(),
        removed: [],
        added: [{ product_id, variant_id, space_id, quantity, source: 'the catalogue, by hand' }],
      };
    },
    async (tx, { change_id, added, left_out }) => {
      const recommendation_id = await db.recommendationOf(tx, scenarioId);
      answer = { change_id, recommendation_id, added, left_out };
    },
  );
  return answer;
}

export function byHandRoutes(server: Server, recommendations: Recommendations): void {
  server.post(
    '/api/v1/budget-scenarios/:id/items',
    {
      schema: {
        tags: ['recommendations'],
        summary:
          'Add a product to a scenario by hand, into a room or none; the room is furnished anew, and what finds no place is told',
        params: z.object({ id: Id }),
        body: AddItemRequest,
        response: { 201: AddedItem },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addItem(recommendations, actorOf(request), request.params.id, request.body)),
  );
}
