// Collects what answers are made of, through the services and with the rights of the one who asks.
import { z } from 'zod';
import type { Action, ConversationMessage } from '../../../contract/conversations.ts';
import type { Project } from '../../../contract/projects.ts';
import type {
  BudgetScenario,
  Recommendation,
  RecommendationItem,
} from '../../../contract/recommendations.ts';
import { CreditResult } from '../../../contract/sustainability.ts';
import type {
  ChangeFacts,
  CreditFacts,
  ItemFacts,
  ProjectFacts,
  ScenarioFacts,
  SpaceFacts,
} from '../../../engine/conversation/facts.ts';
import type { Actor } from '../../platform/http.ts';
import type { Postgres } from '../../platform/postgres.ts';
import { iso } from '../context.ts';
import { requireProject } from '../projects/service.ts';
import type { Recommendations } from '../recommendations/service.ts';
import { briefOf } from './brief.ts';
import * as db from './sql.ts';

/** Messages that changed the brief, as far back as they are told of. */
const CHANGES = 100;
const QUOTED = 160;

type Entities = ConversationMessage['entities'];

export interface FactSources {
  postgres: Postgres;
  recommendations: Recommendations;
  now: () => Date;
}

export async function factsOf(
  { postgres, recommendations, now }: FactSources,
  actor: Actor,
  projectId: string,
  openQuestions: string[],
): Promise<ProjectFacts> {
  const { project, rooms, changes } = await postgres.withContext(actor, async (tx) => ({
    project: await requireProject(tx, projectId, 'project:read'),
    rooms: await db.listSpaces(tx, projectId),
    changes: await db.listChanges(tx, projectId, CHANGES),
  }));
  const [newest] = (await recommendations.list(actor, projectId, { limit: 1 })).items;
  const recommendation = newest === undefined ? null : await recommendations.get(actor, newest.id);
  const scenarios = recommendation?.scenarios ?? [];
  const inHand = scenarios.find((one) => one.is_selected) ?? scenarios.find((one) => one.type === 'balanced');
  const measured = scenarios.length === 0 ? [] : await recommendations.sustainability(actor, projectId);
  const report = measured.find((one) => one.scenario_id === inHand?.id)?.report;
  return {
    project_id: projectId,
    name: project.name,
    status: project.status as Project['status'],
    currency: inHand?.currency ?? 'USD',
    today: now().toISOString().slice(0, 10),
    brief: briefOf(project),
    open_questions: openQuestions,
    changes: changes.flatMap(toChanges),
    spaces: rooms.map((room) => toSpace(room, inHand)),
    recommendation_id: recommendation?.id ?? null,
    recommendation_status: recommendation?.status ?? null,
    items: (recommendation?.items ?? []).map(toItem),
    scenarios: scenarios.map(toScenario),
    credits: creditsOf(report),
  };
}

function toChanges(row: Awaited<ReturnType<typeof db.listChanges>>[number]): ChangeFacts[] {
  const actions = (row.actions ?? []) as Action[];
  const entities = (row.entities ?? []) as Entities;
  return actions.flatMap(({ updates = [] }) =>
    updates.map(({ path, before, after }) => {
      const quote = entities.find((one) => one.field === path)?.quote ?? row.content;
      return {
        path,
        before,
        after,
        by: row.by,
        at: iso(row.created_at as Date),
        said: quote.length > QUOTED ? `${quote.slice(0, QUOTED - 1).trimEnd()}…` : quote.trim(),
      };
    }),
  );
}

function toSpace(room: db.SpaceRow, scenario: BudgetScenario | undefined): SpaceFacts {
  const furnished = scenario?.layout?.rooms.find((one) => one.space_id === room.id);
  const name = [room.number, room.name].filter(Boolean).join(' ');
  return {
    id: room.id,
    name: name === '' ? (room.type ?? 'room').replaceAll('_', ' ') : name,
    type: room.type ?? 'other',
    area_sqft: room.area_sqft,
    confidence: room.detection_confidence,
    reviewed: room.reviewed_at !== null || room.manually_edited === true,
    seats_needed: furnished?.seats_needed ?? null,
    seats_placed: furnished?.seats_placed ?? null,
  };
}

function toItem(item: RecommendationItem): ItemFacts {
  return {
    id: item.id,
    product_id: item.product.id,
    name: item.product.name,
    brand: item.product.brand,
    category: [item.product.category, item.product.subcategory].filter(Boolean).join(' '),
    space_id: item.space_id,
    space_name: item.space_name,
    quantity: item.quantity,
    unit_price: item.unit_price,
    total_price: item.total_price,
    lead_time_days: item.product.lead_time_days,
    carbon_kg: item.product.carbon_footprint_kg,
    need: item.need.label,
    need_source: item.need.source,
    reasoning: item.reasoning,
    rank: item.rank,
    candidates: item.candidates,
    locked: item.locked,
    status: item.status,
    warnings: item.warnings.map((warning) => warning.message),
    alternatives: item.alternatives.map((one) => ({
      product_id: one.product_id,
      name: one.name,
      price_diff: one.price_diff,
      lead_time_diff: one.lead_time_diff,
      carbon_diff: one.carbon_diff,
      keeps_limits: one.keeps_limits,
    })),
  };
}

function toScenario(scenario: Recommendation['scenarios'][number]): ScenarioFacts {
  return {
    id: scenario.id,
    type: scenario.type,
    name: scenario.type,
    total_cost: scenario.total_cost,
    variance_from_target_pct: scenario.variance_from_target_pct,
    quality_score: scenario.quality_score,
    sustainability_score: scenario.sustainability_score,
    carbon_kg: scenario.metrics.carbon_kg,
    lead_time_days: scenario.metrics.lead_time_days,
    item_count: scenario.metrics.item_count,
    selected: scenario.is_selected,
    shortfalls: scenario.shortfalls.map((one) => `${one.label} (${one.placed} of ${one.wanted})`),
    trade_offs: scenario.trade_offs.map(({ change, reason }) => ({ change, reason })),
    lines: scenario.lines.map(({ label, amount }) => ({ label, amount })),
  };
}

/** Credits of a stored report: what each lacks, by its first measure that is not met. */
function creditsOf(report: unknown): CreditFacts[] {
  const credits = z.array(CreditResult).safeParse((report as { credits?: unknown } | undefined)?.credits);
  if (!credits.success) return [];
  return credits.data.map(({ name, passed, measures }) => {
    const open = measures.find((measure) => !measure.met) ?? measures[0];
    return {
      name,
      met: passed,
      detail:
        open === undefined
          ? 'not measured'
          : `${open.value} of ${open.threshold} ${open.unit === 'count' ? open.label.toLowerCase() : open.unit}`,
    };
  });
}
