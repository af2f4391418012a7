// A whole order taken over into a scenario's bill: counts, lines that go, lines that come, as one change that can be taken
// back as one. The rooms are furnished anew like after any change by hand; what finds no place is told.
import type { LeftOut } from '../../../contract/project-document.ts';
import type { ProjectRow } from '../projects/service.ts';
import { track } from '../track.ts';
import { commitChange, type Who } from './change.ts';
import { newLine } from './new-line.ts';
import { type Line, openScene, type Scene } from './scene.ts';
import * as recommendationRows from './sql/recommendations.ts';
import type * as scenarioRows from './sql/scenarios.ts';

export interface OrderChanges {
  /** Said in the list of changes. */
  label: string;
  /** Pieces wanted by item id. */
  counts: ReadonlyMap<string, number>;
  /** Items that leave the bill. */
  removed: readonly string[];
  added: readonly {
    product_id: string;
    variant_id: string | null;
    space_id: string | null;
    quantity: number;
    source: string;
  }[];
}

export interface OrderOutcome {
  change_id: string | null;
  changed: number;
  added: number;
  removed: number;
  left_out: LeftOut[];
}

export async function applyOrder(
  who: Who,
  found: {
    recommendation: recommendationRows.RecommendationRow;
    project: ProjectRow;
    scenario: scenarioRows.ScenarioRow;
  },
  changes: OrderChanges,
): Promise<OrderOutcome> {
  const { recommendation, project, scenario } = found;
  const scene = await openScene(who.tx, recommendation, project, scenario);
  const untouched = scene.lines.map((line) => ({ ...line }));
  const outcome: OrderOutcome = { change_id: null, changed: 0, added: 0, removed: 0, left_out: [] };
  const touched = new Set<string | null>();
  const wanted = new Map<Line, number>();
  for (const line of scene.lines) {
    const count = changes.counts.get(line.values.id);
    const goes = changes.removed.includes(line.values.id);
    if (count === undefined && !goes) continue;
    if (goes && line.values.locked) {
      outcome.left_out.push({ what: inWords(line), why: 'the line is locked; unlock it to take it out' });
      continue;
    }
    if (goes) {
      line.values = { ...line.values, status: 'rejected', placement: null };
      outcome.removed += 1;
    } else {
      line.values = { ...line.values, wanted: count ?? 1, need: { ...line.need, kind: 'hand' } };
      wanted.set(line, count ?? 1);
    }
    touched.add(line.values.space_id);
  }
  for (const one of changes.added) {
    const line = await newLine(who, scene, {
      ...one,
      key: 'order',
      reasoning: `Taken over from ${one.source}.`,
    });
    if (line === undefined) {
      outcome.left_out.push({ what: one.source, why: 'the product is no longer sold' });
      continue;
    }
    scene.lines.push(line);
    wanted.set(line, one.quantity);
    touched.add(one.space_id);
  }
  if (touched.size === 0) return outcome;
  const stoodBefore = new Set(untouched.map((line) => line.values.id));
  const effect = await commitChange(who, scene, untouched, {
    space_ids: [...touched],
    label: changes.label,
    override_limits: true,
    guard: (before) => tellPlaces(scene, wanted, before, outcome),
  });
  for (const line of wanted.keys()) {
    if (line.stands === 0) continue;
    if (stoodBefore.has(line.values.id)) outcome.changed += 1;
    else outcome.added += 1;
  }
  await recommendationRows.updateRecommendation(who.tx, recommendation.id, { generated_by: 'hybrid' });
  await track(who.tx, who.actor, who.now, {
    event_name: 'order_applied',
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: { changed: outcome.changed, added: outcome.added, removed: outcome.removed },
  });
  return { ...outcome, change_id: effect.change_id };
}

/** Lines take as many as their rooms hold; what stays out, and what is pushed out, is told. */
function tellPlaces(
  scene: Scene,
  wanted: ReadonlyMap<Line, number>,
  before: ReadonlyMap<string, number>,
  outcome: OrderOutcome,
): void {
  for (const line of scene.lines) {
    const asked = wanted.get(line);
    if (asked !== undefined && line.stands < asked) {
      outcome.left_out.push({
        what: `${asked - line.stands} of ${asked} × ${inWords(line)}`,
        why: line.why ?? 'no more of them find a place in the room',
        count: asked - line.stands,
      });
      if (line.stands > 0) line.values = { ...line.values, wanted: line.stands };
    }
    const stood = before.get(line.values.id) ?? 0;
    if (asked === undefined && line.values.status !== 'rejected' && line.stands < stood)
      outcome.left_out.push({
        what: `${stood - line.stands} of ${stood} × ${inWords(line)}`,
        why: 'what the file asks for takes their place',
        count: stood - line.stands,
      });
  }
}

function inWords(line: Line): string {
  return `${line.product.name}${line.space_name === null ? '' : ` in ${line.space_name}`}`;
}
