// Analytics: events in from browsers, charts out to those who may see them.
import {
  type AcceptanceChart,
  type AnalyticsQuery,
  type ConversationsChart,
  type DemandChart,
  type FunnelChart,
  type MarketChart,
  type MarketQuery,
  type ModelsChart,
  type ReplayReceipt,
  SMALLEST_GROUP,
  type TurnaroundChart,
  type UsageChart,
} from '../../../contract/analytics.ts';
import type { EventBatch, EventReceipt } from '../../../contract/events.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { eventRows } from '../../platform/event-rows.ts';
import type { Actor } from '../../platform/http.ts';
import { openPlaces } from '../../platform/places.ts';
import { audit } from '../audit.ts';
import type { Deps, Origin } from '../context.ts';
import * as charts from './clickhouse.ts';
import { acrossOrganizations, wholeWeeks } from './market.ts';
import { replayLetters } from './replay.ts';
import * as db from './sql.ts';

export type Analytics = ReturnType<typeof makeAnalytics>;

const DEFAULT_DAYS = 30;
const MAX_DAYS = 366 * 5;
const TOP = 20;

/** From brief to approval: what has happened when a project has reached the step. */
const FUNNEL: { step: keyof charts.FunnelCounts; label: string }[] = [
  { step: 'created', label: 'Project created' },
  { step: 'brief', label: 'Brief begun' },
  { step: 'plan', label: 'Plan read' },
  { step: 'furniture', label: 'Furniture recommended' },
  { step: 'budget', label: 'Scenario selected' },
  { step: 'approved', label: 'Approved' },
];

const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000);
const hours = (seconds: number | null) => (seconds === null ? null : Math.round(seconds / 3.6) / 1000);

/** The period asked for, or the last thirty days. */
export function periodOf(query: { from?: string | undefined; to?: string | undefined }, now: Date) {
  const to = query.to ?? now.toISOString().slice(0, 10);
  const from =
    query.from ?? new Date(Date.parse(to) - (DEFAULT_DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 0)
    throw new AppError('invalid_input', `The period ends (${to}) before it begins (${from}); swap the two.`);
  if (days > MAX_DAYS)
    throw new AppError('invalid_input', 'The period is longer than five years; ask for less.');
  return { from, to };
}

export function makeAnalytics(deps: Deps) {
  const { postgres, clickhouse, events } = deps;
  const placeOf = openPlaces(deps.config.geoip_database);

  const filterOf = (query: MarketQuery): charts.Filter => ({
    ...periodOf(query, deps.now()),
    ...(query.user_type === undefined ? {} : { user_type: query.user_type }),
  });

  /** The organizations a person may see figures of: their own, or the one of them that was asked for. */
  async function organizationsOf(actor: Actor, query: AnalyticsQuery): Promise<string[]> {
    const own = await postgres.withContext(actor, (tx) => db.organizationIdsOf(tx, actor.user_id));
    if (query.organization_id === undefined) return own;
    if (!own.includes(query.organization_id)) throw notFound('organization');
    return [query.organization_id];
  }

  /** Administrators run the platform and see its use as a whole; what is in demand where is not theirs to see. */
  async function scopeOf(actor: Actor, query: AnalyticsQuery): Promise<charts.Scope> {
    if (actor.is_admin && query.organization_id === undefined) return { everybody: true };
    return { everybody: false, organization_ids: await organizationsOf(actor, query) };
  }

  async function projectsOf(actor: Actor, query: AnalyticsQuery): Promise<charts.ProjectScope> {
    const organization_ids = await organizationsOf(actor, query);
    const project_ids =
      query.organization_id === undefined
        ? await postgres.withContext(actor, (tx) => db.ownProjectIds(tx, actor.user_id))
        : [];
    return { organization_ids, project_ids };
  }

  async function named<T extends { product_id: string }>(actor: Actor, rows: T[]) {
    const names = await postgres.withContext(actor, (tx) =>
      db.productNames(
        tx,
        rows.map((row) => row.product_id),
      ),
    );
    const byId = new Map(names.map((row) => [row.id, row]));
    return rows.flatMap((row) => {
      const product = byId.get(row.product_id);
      if (product === undefined) return [];
      const { sku, name, category } = product;
      return [{ ...row, sku, name, category }];
    });
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
        place: placeOf(origin.ip_address ?? ''),
        received_at: deps.now(),
      });
      try {
        await events.append(mapped.rows, mapped.dead_letters, { checked: true });
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

    /** Refused events once more, by today's rules: for administrators. */
    async replay(actor: Actor, origin: Origin): Promise<ReplayReceipt> {
      const receipt = await replayLetters(deps);
      await postgres.asSystem((tx) =>
        audit(
          tx,
          { action: 'admin.events_replayed', actor_id: actor.user_id, detail: { ...receipt } },
          origin,
        ),
      );
      return receipt;
    },

    async usage(actor: Actor, query: AnalyticsQuery): Promise<UsageChart> {
      const filter = filterOf(query);
      const scope = await scopeOf(actor, query);
      return {
        from: filter.from,
        to: filter.to,
        covers: scope.everybody ? 'everybody' : 'organizations',
        rows: await charts.usageByDay(clickhouse, scope, filter),
      };
    },

    async funnel(actor: Actor, query: AnalyticsQuery): Promise<FunnelChart> {
      const filter = filterOf(query);
      const counts = await charts.funnelCounts(clickhouse, await projectsOf(actor, query), filter);
      const reached = FUNNEL.map(({ step, label }) => ({
        step,
        label,
        projects: Number(counts?.[step] ?? 0),
      }));
      const first = reached[0]?.projects ?? 0;
      return {
        from: filter.from,
        to: filter.to,
        rows: reached.map((row, index) => ({
          ...row,
          share_of_first: share(row.projects, first),
          lost: (reached[index - 1]?.projects ?? row.projects) - row.projects,
        })),
      };
    },

    async demand(actor: Actor, query: AnalyticsQuery): Promise<DemandChart> {
      const filter = filterOf(query);
      const scope = { everybody: false as const, organization_ids: await organizationsOf(actor, query) };
      const viewed = await charts.mostViewedProducts(clickhouse, scope, filter, TOP);
      return {
        from: filter.from,
        to: filter.to,
        products: await named(actor, viewed),
        searches_without_result: await charts.searchesWithoutResult(clickhouse, scope, filter, TOP),
        search_classes: await charts.searchClasses(clickhouse, scope, filter),
      };
    },

    /** Demand across organizations, for the maker's people (and administrators), only in groups. */
    async market(actor: Actor, query: MarketQuery): Promise<MarketChart> {
      const asked = filterOf(query);
      const own = await postgres.withContext(actor, (tx) => db.organizationIdsOf(tx, actor.user_id));
      const left_out = await postgres.asSystem((tx) => db.makerOrganizationIds(tx));
      if (!actor.is_admin && !own.some((id) => left_out.includes(id)))
        throw new AppError(
          'forbidden',
          'Demand across organizations is for people of the maker; look at the demand of your own organizations.',
        );
      const weeks = wholeWeeks(asked.from, asked.to, deps.now().toISOString().slice(0, 10));
      const empty = { from: null, to: null, withheld: false, products: [], searches_without_result: [] };
      if (weeks === undefined) return { ...empty, smallest_group: SMALLEST_GROUP };
      const filter = { ...asked, ...weeks, left_out, own, smallest_group: SMALLEST_GROUP };
      const products = await acrossOrganizations(clickhouse, 'products', filter, TOP);
      const searches = await acrossOrganizations(clickhouse, 'searches', filter, TOP);
      return {
        ...weeks,
        smallest_group: SMALLEST_GROUP,
        withheld: products.withheld || searches.withheld,
        products: await named(
          actor,
          products.rows.map(({ thing, count }) => ({ product_id: thing, views: count })),
        ),
        searches_without_result: searches.rows.map(({ thing, count }) => ({ query: thing, count })),
      };
    },

    async turnaround(actor: Actor, query: AnalyticsQuery): Promise<TurnaroundChart> {
      const filter = filterOf(query);
      const found = await charts.turnaround(clickhouse, await projectsOf(actor, query), filter);
      return {
        from: filter.from,
        to: filter.to,
        rows: charts.STAGES.map(({ stage, label }) => {
          const row = found.find((one) => one.stage === stage);
          return {
            stage,
            label,
            projects: row?.projects ?? 0,
            median_hours: hours(row?.median ?? null),
            p90_hours: hours(row?.p90 ?? null),
          };
        }),
      };
    },

    async acceptance(actor: Actor, query: AnalyticsQuery): Promise<AcceptanceChart> {
      const filter = filterOf(query);
      const scope = await projectsOf(actor, query);
      const rows = await postgres.withContext(actor, (tx) =>
        db.acceptanceByCategory(tx, filter, personOf(actor, query, scope.organization_ids)),
      );
      const ended = await charts.outcomes(clickhouse, scope, filter);
      return {
        from: filter.from,
        to: filter.to,
        rows: rows.map((row) => {
          const decided = row.accepted + row.substituted + row.rejected;
          return { ...row, acceptance: decided === 0 ? null : share(row.accepted, decided) };
        }),
        outcomes: {
          presented: ended?.presented ?? 0,
          viewed: ended?.viewed ?? 0,
          modified: ended?.modified ?? 0,
          approved: ended?.approved ?? 0,
          rejected: ended?.rejected ?? 0,
          median_minutes_to_decision: ended?.median_minutes ?? null,
          average_rating: ended?.average_rating ?? null,
          rated: ended?.rated ?? 0,
        },
      };
    },

    async conversations(actor: Actor, query: AnalyticsQuery): Promise<ConversationsChart> {
      const filter = filterOf(query);
      const scope = personOf(actor, query, await organizationsOf(actor, query));
      const rows = await postgres.asSystem((tx) => db.messagesByIntent(tx, filter, scope));
      return { from: filter.from, to: filter.to, rows };
    },

    async models(actor: Actor, query: AnalyticsQuery): Promise<ModelsChart> {
      const filter = filterOf(query);
      const all = actor.is_admin && query.organization_id === undefined;
      const scope = all ? [] : await organizationsOf(actor, query);
      const rows = all
        ? await postgres.asSystem((tx) => db.modelsOfAll(tx, filter))
        : await postgres.withContext(actor, (tx) =>
            db.modelsOfProjects(tx, filter, personOf(actor, query, scope)),
          );
      return { from: filter.from, to: filter.to, covers: all ? 'everybody' : 'organizations', rows };
    },
  };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Own projects without an organization belong to no organization that is asked for. */
function personOf(actor: Actor, query: AnalyticsQuery, organization_ids: string[]) {
  return { organization_ids, user_id: query.organization_id === undefined ? actor.user_id : NOBODY };
}
