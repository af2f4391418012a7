// What a new reading changed, in words: rooms that came, went and changed, and what the file says of rooms kept by hand.

import type { PlanSpace } from '../../../contract/plan.ts';
import type { PlanDifferences } from '../../../contract/plan-edits.ts';
import { type EditSpace, labelOf } from './model.ts';
import type { Reconciled } from './reconcile.ts';

type Told = Pick<PlanDifferences, 'added' | 'removed' | 'changed' | 'kept' | 'unchanged'>;
type Change = PlanDifferences['changed'][number]['changes'][number];

/** Areas that differ by less are the same wall drawn again. */
const SAME_AREA = 0.01;
/** Outlines that share less have moved. */
const SAME_PLACE = 0.95;

/** `added` are the new rooms under the ids they got. */
export function differencesOf(matched: Reconciled, added: readonly EditSpace[]): Told {
  const changed = matched.updated.flatMap(({ space, found, overlap }) => {
    const changes = changesOf(space, found, overlap);
    return changes.length === 0 ? [] : [{ space_id: space.id, label: labelOf(found), overlap, changes }];
  });
  return {
    added: added.map((space) => ({ space_id: space.id, label: labelOf(space), area_sqft: space.area_sqft })),
    removed: matched.removed.map((space) => ({
      label: labelOf(space),
      area_sqft: space.area_sqft,
      source_polygon: space.source_polygon,
    })),
    changed,
    kept: matched.kept.map(({ space, found, overlap }) => ({
      space_id: space.id,
      label: labelOf(space),
      file_says: fileSays(space, found, overlap),
    })),
    unchanged: matched.updated.length - changed.length,
  };
}

function changesOf(before: EditSpace, after: PlanSpace, overlap: number): Change[] {
  const changes: Change[] = [];
  const add = (field: string, was: string | null, is: string | null) => {
    if ((was ?? '') !== (is ?? '')) changes.push({ field, before: was ?? 'none', after: is ?? 'none' });
  };
  add('name', before.name, after.name);
  add('number', before.number, after.number);
  add('type', words(before.type), words(after.type));
  if (!sameArea(before.area_sqft, after.area_sqft))
    add('area', area(before.area_sqft), area(after.area_sqft));
  else if (overlap < SAME_PLACE)
    changes.push({ field: 'outline', before: 'where it was', after: 'moved or reshaped' });
  return changes;
}

function sameArea(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= SAME_AREA * Math.max(a, b, 1);
}

function area(value: number | null): string {
  return value === null ? 'unknown' : `${Math.round(value).toLocaleString('en-US')} sq ft`;
}

function words(type: string): string {
  return type.replaceAll('_', ' ');
}

function fileSays(space: EditSpace, found: readonly PlanSpace[], overlap: number): string | null {
  const [first] = found;
  if (first === undefined) return 'no room here';
  if (found.length > 1) return `${found.length} rooms here: ${found.slice(0, 4).map(labelOf).join(', ')}`;
  const said: string[] = [];
  if ((first.name ?? '') !== (space.name ?? '') || (first.number ?? '') !== (space.number ?? ''))
    said.push(`called ${labelOf(first)}`);
  if (first.type !== space.type) said.push(words(first.type));
  if (!sameArea(space.area_sqft, first.area_sqft)) said.push(area(first.area_sqft));
  else if (overlap < SAME_PLACE) said.push('another outline');
  return said.length === 0 ? null : said.join(', ');
}
