// A product put into a room by hand: the room is furnished anew, what finds no place or breaks a limit is refused with what
// to confirm, and it can be taken back.
import type { AddItemRequest, ChangeEffect } from '../../../contract/recommendations.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { ProjectRow } from '../projects/service.ts';
import { track } from '../track.ts';
import { commitChange, type Who } from './change.ts';
import { guardFor } from './items.ts';
import { newLine } from './new-line.ts';
import { recordOutcome } from './outcome.ts';
import { openScene } from './scene.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

export async function addItem(
  who: Who,
  recommendation: recommendationRows.RecommendationRow,
  project: ProjectRow,
  request: AddItemRequest,
): Promise<{ item_id: string; effect: ChangeEffect }> {
  const scenarios = await scenarioRows.listScenarios(who.tx, { recommendation_id: recommendation.id });
  const scenario =
    scenarios.find((one) => one.type === request.scenario) ??
    scenarios.find((one) => one.is_selected) ??
    scenarios.find((one) => one.type === 'balanced');
  if (scenario === undefined) throw notFound('scenario of this recommendation');
  const scene = await openScene(who.tx, recommendation, project, scenario);
  if (request.space_id !== null && !scene.spaces.some((space) => space.id === request.space_id))
    throw notFound('room of this project');
  const untouched = scene.lines.map((line) => ({ ...line }));
  const reason = request.reason?.trim() ?? '';
  const line = await newLine(who, scene, {
    product_id: request.product_id,
    variant_id: request.variant_id ?? null,
    space_id: request.space_id,
    quantity: request.quantity,
    source: reason === '' ? 'Added by hand' : `Added by hand: ${reason}`,
    reasoning: reason === '' ? 'Added by hand.' : `Added by hand: ${reason.replace(/[.!\s]+$/, '')}.`,
    key: 'hand',
  });
  if (line === undefined) throw notFound('active product');
  if (
    scene.lines.some(
      (one) =>
        one.values.space_id === line.values.space_id &&
        one.product.id === line.product.id &&
        one.stands > 0 &&
        one.values.status !== 'rejected',
    )
  )
    throw new AppError(
      'conflict',
      `${line.product.name} stands in ${line.space_name ?? 'the project'} already; raise its quantity instead.`,
    );
  scene.lines.push(line);
  const where = line.space_name === null ? '' : ` in ${line.space_name}`;
  const effect = await commitChange(who, scene, untouched, {
    space_ids: [request.space_id],
    label: `${request.quantity} × ${line.product.name} added${where}`,
    chosen: [line],
    override_limits: request.override_limits,
    guard: guardFor(line, scene, { if_no_place: request.if_no_place }),
  });
  await recommendationRows.updateRecommendation(who.tx, recommendation.id, { generated_by: 'hybrid' });
  await recordOutcome(who.tx, who.actor, recommendation, who.now, { modified: true });
  await track(who.tx, who.actor, who.now, {
    event_name: 'item_added',
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: {
      category: line.product.category,
      subcategory: line.product.subcategory ?? null,
      product_id: line.product.id,
    },
  });
  return { item_id: line.values.id, effect };
}
