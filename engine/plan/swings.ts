// Door swings: arcs of about a quarter turn with a door's radius, and the two ways the door may close.
import type { Point } from '../geometry/planar.ts';
import type { Frame } from './frame.ts';
import type { LayerRole } from './layers.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';

export type Swing = { hinge: Point; ends: [Point, Point]; radius: number; role: LayerRole };

const NEVER_DOORS: readonly LayerRole[] = [
  'fixture',
  'furniture',
  'annotation',
  'ignored',
  'grid',
  'hatch',
  'wall',
  'label',
];

/** Swings in working feet. */
export function findSwings(linework: Linework, frame: Frame): Swing[] {
  const swings: Swing[] = [];
  for (const arc of linework.arcs) {
    const radius = arc.radius * frame.feetPerUnit;
    if (arc.sweep < 40 || arc.sweep > 125) continue;
    if (radius < SIZES.door_radius_min || radius > SIZES.door_radius_max) continue;
    if (NEVER_DOORS.includes(arc.origin.role)) continue;
    swings.push({
      hinge: frame.toFeet(arc.centre),
      ends: [frame.toFeet(arc.start), frame.toFeet(arc.end)],
      radius,
      role: arc.origin.role,
    });
  }
  return swings;
}
