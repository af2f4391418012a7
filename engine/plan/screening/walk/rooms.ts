// Which rooms lead to which: through doors and over open sides, without geometry.
import type { Network } from './network.ts';

/** Whether leaving `room` by this door one comes to an exit without passing the room again. */
export function reachesExit(network: Network, exits: readonly number[], room: number, door: number): boolean {
  if (exits.includes(door)) return true;
  const start = network.doors[door]!.sides.find((side) => side.space !== room)?.space;
  if (start === undefined || !network.floors[start]) return false;
  const seen = new Set([room, start]);
  const queue = [start];
  for (let here = queue.pop(); here !== undefined; here = queue.pop()) {
    for (const [d, placed] of network.doors.entries()) {
      if (!placed.sides.some((side) => side.space === here)) continue;
      if (exits.includes(d)) return true;
      for (const { space } of placed.sides) visit(space);
    }
    for (const { spaces } of network.open) if (spaces.includes(here)) spaces.forEach(visit);
  }
  return false;

  function visit(space: number): void {
    if (seen.has(space) || !network.floors[space]) return;
    seen.add(space);
    queue.push(space);
  }
}
