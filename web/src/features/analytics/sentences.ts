// What each chart says, in one sentence computed from its numbers; without numbers, what will fill it.
import type {
  AcceptanceChart,
  ConversationsChart,
  DemandChart,
  FunnelChart,
  MarketChart,
  ModelsChart,
  TurnaroundChart,
  UsageChart,
} from '../../../../contract/analytics.ts';
import { formatCount, formatDate, formatMoney, formatPercent, humanize } from '../../ui/units.ts';

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const plural = (value: number, one: string, many = `${one}s`) =>
  `${formatCount(value)} ${value === 1 ? one : many}`;
const percent = (share: number) => formatPercent(share * 100);

function largest<T>(rows: readonly T[], by: (row: T) => number): T | undefined {
  return rows.reduce<T | undefined>(
    (best, row) => (best === undefined || by(row) > by(best) ? row : best),
    undefined,
  );
}

/** Hours as people say them: "25 min", "3.5 h", "12 days". */
export function formatHours(hours: number | null): string {
  if (hours === null) return '–';
  if (hours * 60 < 1) return `${Math.round(hours * 3600)} s`;
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  const [value, unit] = hours < 48 ? [hours, 'h'] : [hours / 24, 'days'];
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`;
}

export function usageSentence({ rows, covers }: UsageChart): string {
  const sessions = sum(rows.map((row) => row.sessions));
  const actions = sum(rows.map((row) => row.actions));
  const errors = sum(rows.map((row) => row.errors));
  if (sessions + actions === 0)
    return 'Nobody used the product in this period; page views and actions appear here as people work.';
  const busiest = largest(rows, (row) => row.actions + row.page_views);
  return `${covers === 'everybody' ? 'Across the platform: ' : ''}${plural(sessions, 'session')} with ${plural(actions, 'action')}${
    errors > 0 ? ` and ${plural(errors, 'error')}` : ''
  }${busiest && rows.length > 1 ? `; the busiest day was ${formatDate(busiest.date)}` : ''}.`;
}

export function funnelSentence({ rows }: FunnelChart): string {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last || first.projects === 0)
    return 'No project was begun in this period; each one created appears here and moves on with its steps.';
  const worst = largest(rows, (row) => row.lost);
  const begun = `${formatCount(last.projects)} of ${plural(first.projects, 'project')} begun reached approval (${percent(last.share_of_first)})`;
  return worst && worst.lost > 0
    ? `${begun}; ${formatCount(worst.lost)} stay behind before “${worst.label.toLowerCase()}”, the most of any step.`
    : `${begun}.`;
}

export function turnaroundSentence({ rows }: TurnaroundChart): string {
  const measured = rows.filter((row) => row.median_hours !== null);
  const slowest = largest(measured, (row) => row.median_hours ?? 0);
  if (!slowest)
    return 'Nothing was finished in this period; times appear once plans are read and recommendations made.';
  const whole = rows.find((row) => row.stage === 'approval');
  // Of one there is no half.
  if (whole?.median_hours != null && whole.projects === 1)
    return `One project was approved, ${formatHours(whole.median_hours)} after it was begun.`;
  if (whole?.median_hours != null)
    return `Half of ${plural(whole.projects, 'approved project')} took ${formatHours(whole.median_hours)} or less from begin to approval; nine of ten ${formatHours(whole.p90_hours)} or less.`;
  if (slowest.projects === 1)
    return `“${slowest.label}” takes longest: ${formatHours(slowest.median_hours)} in one project.`;
  return `“${slowest.label}” takes longest: half of ${plural(slowest.projects, 'project')} took ${formatHours(slowest.median_hours)} or less, nine of ten ${formatHours(slowest.p90_hours)} or less.`;
}

export function demandSentence({ products }: DemandChart): string {
  const most = products[0];
  return most
    ? `${most.name} was looked at most: ${plural(most.views, 'view')} by ${plural(most.people, 'person', 'people')}.`
    : 'No product was looked at in this period; every product page that is opened counts here.';
}

export function emptySearchSentence({ searches_without_result: searches }: DemandChart): string {
  const most = searches[0];
  return most
    ? `The words below were looked for in vain ${plural(sum(searches.map((search) => search.count)), 'time')}, most often “${most.query}”.`
    : 'Every search found something; words that find no product are listed here.';
}

export function searchKindSentence({ search_classes: classes }: DemandChart): string {
  const most = classes[0];
  const all = sum(classes.map((row) => row.count));
  return most
    ? `${percent(most.count / all)} of ${plural(all, 'search', 'searches')} without a result were for ${most.query_class === 'one word' ? 'a single word' : most.query_class === 'several words' ? 'several words' : `a ${most.query_class}`}.`
    : 'No search was without a result; their kinds are counted here.';
}

export function marketSentence({ from, to, products, smallest_group, withheld }: MarketChart): string {
  const group = `at least ${smallest_group} organizations`;
  if (from === null || to === null)
    return 'The period holds no whole week that is over; choose a longer one, demand across organizations is told by weeks.';
  const most = products[0];
  if (!most)
    return withheld
      ? `Fewer than ${smallest_group} organizations looked at any one product in a week, so nothing is told.`
      : `No product was looked at in these weeks; what ${group} look at in one week appears here.`;
  return `${most.name} leads with ${plural(most.views, 'view')}, ${formatDate(from)} to ${formatDate(to)}; only what ${group} looked at in a week is counted.`;
}

export function acceptanceSentence({ rows }: AcceptanceChart): string {
  const decided = (row: AcceptanceChart['rows'][number]) => row.accepted + row.substituted + row.rejected;
  const all = sum(rows.map(decided));
  if (all === 0)
    return rows.length === 0
      ? 'No furniture was recommended in this period; accepted and rejected items are counted here by category.'
      : `${plural(sum(rows.map((row) => row.proposed)), 'item')} recommended and none decided yet; accept, swap or reject items to see what fits.`;
  const accepted = sum(rows.map((row) => row.accepted));
  const judged = rows.filter((row) => decided(row) > 0);
  const worst = largest(judged, (row) => 1 - (row.acceptance ?? 0));
  return `${percent(accepted / all)} of ${plural(all, 'decided item')} were accepted as recommended${
    worst && judged.length > 1 && (worst.acceptance ?? 0) < accepted / all
      ? `; least in ${humanize(worst.category).toLowerCase()} (${percent(worst.acceptance ?? 0)})`
      : ''
  }.`;
}

export function outcomeSentence({ outcomes }: AcceptanceChart): string {
  const { presented, approved, rejected, median_minutes_to_decision: minutes } = outcomes;
  if (presented === 0)
    return 'No recommendation was presented in this period; looks, changes and decisions are counted here.';
  const decided = approved + rejected;
  const begin =
    decided === 0
      ? `None of ${plural(presented, 'recommendation')} is decided yet`
      : `${formatCount(decided)} of ${plural(presented, 'recommendation')} decided, ${formatCount(approved)} of them approved`;
  return `${begin}${
    minutes === null ? '' : `; half of the decisions took ${formatHours(minutes / 60)} or less`
  }${outcomes.average_rating === null ? '' : `; rated ${outcomes.average_rating.toFixed(1)} of 5 on average`}.`;
}

export function modelsSentence({ rows, covers }: ModelsChart): string {
  const calls = sum(rows.map((row) => row.calls));
  if (calls === 0)
    return 'No model worked in this period; each reading, recommendation and message is measured here.';
  const cost = sum(rows.map((row) => row.cost_usd));
  const slowest = largest(rows, (row) => row.latency_p95_ms ?? 0);
  return `${covers === 'everybody' ? 'Across the platform: ' : ''}${plural(calls, 'call')} cost ${formatMoney(cost, { cents: true })}${
    slowest?.latency_p95_ms == null
      ? ''
      : `; the slowest task is ${humanize(slowest.task_type).toLowerCase()} with ${formatMs(slowest.latency_p95_ms)} at the 95th percentile`
  }.`;
}

/** What messages are about, as people say it. */
const INTENTS: Readonly<Record<string, string>> = {
  provide_requirements: 'Requirements',
  correct_requirement: 'Corrections',
  ask_question: 'Questions',
  request_recommendation: 'Wishes for furniture',
  compare_scenarios: 'Comparisons',
  approve: 'Approvals',
  reject: 'Rejections',
  greeting: 'Greetings',
  other: 'Other messages',
};
export const intentOf = (intent: string): string => INTENTS[intent] ?? humanize(intent);

export function conversationsSentence({ rows }: ConversationsChart): string {
  const [first] = rows;
  if (!first)
    return 'Nobody wrote in a conversation in this period; what messages are about is counted here.';
  const all = sum(rows.map((row) => row.messages));
  const leading = rows.filter((row) => row.messages === first.messages).map((row) => intentOf(row.intent));
  const told = `${formatCount(first.messages)} of ${plural(all, 'message')}`;
  if (leading.length === 1) return `${leading[0]} lead with ${told}.`;
  return leading.length === 2
    ? `${leading[0]} and ${leading[1]?.toLowerCase()} lead with ${told} each.`
    : `${leading.length} kinds lead with ${told} each.`;
}

export function formatMs(value: number | null): string {
  if (value === null) return '–';
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
