// The floors of a project in order: each plan has a place from 0, without gaps.
import type { Tx } from '../../platform/postgres.ts';
import * as db from './sql.ts';

/** Puts the plan at this place; the others make room. */
export async function moveFloor(tx: Tx, projectId: string, planId: string, place: number): Promise<void> {
  const others = (await db.listPlans(tx, projectId)).filter((plan) => plan.id !== planId);
  const order = others.map((plan) => plan.id);
  order.splice(place, 0, planId);
  await number(tx, order);
}

/** Closes the gap that a removed plan left. */
export async function closeRanks(tx: Tx, projectId: string): Promise<void> {
  await number(
    tx,
    (await db.listPlans(tx, projectId)).map((plan) => plan.id),
  );
}

async function number(tx: Tx, order: readonly string[]): Promise<void> {
  for (const [level_index, id] of order.entries()) await db.setLevel(tx, id, level_index);
}
