// Analytics: events in from browsers, charts out to those who may see them.
import type { AnalyticsQuery, DemandChart, FunnelChart, UsageChart } from '../../../contract/analytics.ts';
import type { EventBatch, EventReceipt } from '../../../contract/events.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { eventRows } from '../../platform/event-rows.ts';
import type { Actor } from '../../platform/http.ts';
import type { Deps, Origin } from '../context.ts';
import * as charts from './clickhouse.ts';
import * as db from './sql.ts';

export type Analytics = ReturnType<typeof makeAnalytics>;

const DEFAULT_DAYS = 30;
const MAX_DAYS = 366 * 5;
const TOP = 20;

/** From brief to approval: what has happened when a project has reached the step. */
const FUNNEL: { step: string; label: string; event_names: string[] }[] = [
  { step: 'created', label: 'Project created', event_names: ['project_created'] },
  { step: 'brief', label: 'Brief begun', event_names: ['message_sent'] },
  { step: 'plan', label: 'Plan read', event_names: ['floor_plan_analyzed'] },
  { step: 'furniture', label: 'Furniture recommended', event_names: ['recommendation_created'] },
  { step: 'budget', label: 'Scenario selected', event_names: ['scenario_selected'] },
  { step: 'approved', label: 'Approved', event_names: ['project_approved'] },
];

export function makeAnalytics(deps: Deps) {
  const { postgres, clickhouse, events } = deps;

  function periodOf(query: AnalyticsQuery): charts.Period {
    const today = deps.now();
    const to = query.to ?? today.toISOString().slice(0, 10);
    const from =
      query.from ?? new Date(Date.parse(to) - (DEFAULT_DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    if (days < 0)
      throw new AppError(
        'invalid_input',
        `The period ends (${to}) before it begins (${from}); swap the two.`,
      );
    if (days > MAX_DAYS)
      throw new AppError('invalid_input', 'The period is longer than five years; ask for less.');
    return { from, to };
  }

  async function scopeOf(actor: Actor, query: AnalyticsQuery): Promise<charts.Scope> {
    const { organization_id } = query;
    if (actor.is_admin) {
      return organization_id === undefined
        ? { everybody: true }
        : { everybody: false, organization_ids: [organization_id], user_id: actor.user_id };
    }
    const own = await postgres.withContext(actor, (tx) => db.organizationIdsOf(tx, actor.user_id));
    if (organization_id !== undefined && !own.includes(organization_id)) throw notFound('organization');
    return {
      everybody: false,
      organization_ids: organization_id === undefined ? own : [organization_id],
      user_id: actor.user_id,
    };
  }

  return {
    /** Takes what a browser saw; resolves when the valid entries are safe. */
    async ingest(actor: Actor | null, batch: EventBatch, origin: Origin): Promise<EventReceipt> {
      const home =
        actor === null ? undefined : await postgres.withContext(actor, (tx) => db.homeOf(tx, actor.user_id));
      const mapped = eventRows(batch, {
        user_id: actor?.user_id ?? null,
        organization_id: home?.organization_id ?? null,
        user_type: home?.user_type ?? null,
        user_agent: origin.user_agent ?? '',
        ip_address: origin.ip_address ?? '',
        received_at: deps.now(),
      });
      try {
        await events.append(mapped.rows, mapped.dead_letters);
      } catch (error) {
        throw new AppError(
          'unavailable',
          'Events cannot be taken at the moment; send them again in a few seconds.',
          { cause: error, retry_after: 10 },
        );
      }
      return {
        accepted: mapped.rows.events.length + mapped.rows.product_views.length,
        rejected: mapped.rejected,
      };
    },

    async usage(actor: Actor, query: AnalyticsQuery): Promise<UsageChart> {
      const period = periodOf(query);
      return { ...period, rows: await charts.usageByDay(clickhouse, await scopeOf(actor, query), period) };
    },

    async funnel(actor: Actor, query: AnalyticsQuery): Promise<FunnelChart> {
      const period = periodOf(query);
      const names = FUNNEL.flatMap((step) => step.event_names);
      const counted = await charts.projectsByEvent(clickhouse, await scopeOf(actor, query), period, names);
      const projectsOf = (wanted: string[]) =>
        Math.max(
          0,
          ...counted.filter((row) => wanted.includes(row.event_name)).map((row) => Number(row.projects)),
        );
      const first = projectsOf(FUNNEL[0]?.event_names ?? []);
      return {
        ...period,
        rows: FUNNEL.map(({ step, label, event_names }) => {
          const projects = projectsOf(event_names);
          return {
            step,
            label,
            projects,
            share_of_first: first === 0 ? 0 : Math.round((1000 * projects) / first) / 1000,
          };
        }),
      };
    },

    async demand(actor: Actor, query: AnalyticsQuery): Promise<DemandChart> {
      const period = periodOf(query);
      const scope = await scopeOf(actor, query);
      const viewed = await charts.mostViewedProducts(clickhouse, scope, period, TOP);
      const names = await postgres.withContext(actor, (tx) =>
        db.productNames(
          tx,
          viewed.map((row) => row.product_id),
        ),
      );
      const byId = new Map(names.map((row) => [row.id, row]));
      return {
        ...period,
        products: viewed.flatMap(({ product_id, views, people }) => {
          const product = byId.get(product_id);
          return product === undefined
            ? []
            : [
                {
                  product_id,
                  sku: product.sku,
                  name: product.name,
                  category: product.category,
                  views: Number(views),
                  people: Number(people),
                },
              ];
        }),
        searches_without_result: await charts.searchesWithoutResult(clickhouse, scope, period, TOP),
      };
    },
  };
}
