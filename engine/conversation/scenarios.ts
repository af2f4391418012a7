// "Which scenario is cheapest?", "what is the difference between balanced and aggressive?", "which option ships soonest?"
import type { Answer, ProjectFacts, ScenarioFacts } from './facts.ts';
import { count, listed, money, plural } from './words.ts';

const ABOUT =
  /\b(?:scenarios?|options?|balanced|conservative|aggressive|good|better|best|versions?|them|these|those|of the (?:three|3|two))\b/i;
const COMPARES =
  /\b(?:which|difference\w*|differ\w*|compar\w*|between|versus|vs|better|what changes|side by side|against|than|worth|trade ?-?offs?|pros and cons|rank|[a-z]{3,}est|most|least|extra|gain|lose|give up)\b/i;

interface Criterion {
  asks: RegExp;
  best: string;
  value: (one: ScenarioFacts) => number | null;
  say: (one: ScenarioFacts, facts: ProjectFacts) => string;
}

const CRITERIA: readonly Criterion[] = [
  {
    asks: /\b(?:cheap\w*|least expensive|lowest (?:cost|price|total)|less expensive)\b/i,
    best: 'The cheapest',
    value: (one) => one.total_cost,
    say: (one, facts) => money(one.total_cost, facts.currency),
  },
  {
    asks: /\b(?:green\w*|carbon|sustainab\w*|co2e?|footprint)\b/i,
    best: 'The least carbon',
    value: (one) => one.carbon_kg,
    say: (one) => `${count(Math.round(one.carbon_kg ?? 0))} kg CO₂e`,
  },
  {
    asks: /\b(?:fast\w*|soon\w*|quick\w*|lead times?|earli\w*|ships?|here (?:first|sooner))\b/i,
    best: 'The soonest',
    value: (one) => one.lead_time_days,
    say: (one) => plural(one.lead_time_days ?? 0, 'day'),
  },
  {
    asks: /\b(?:quality|best|better|nicest)\b/i,
    best: 'The highest quality score',
    value: (one) => (one.quality_score === null ? null : -one.quality_score),
    say: (one) => String(one.quality_score),
  },
];

/** What the question weighs, said first: "The cheapest: conservative, $149,363." */
function verdict(text: string, about: readonly ScenarioFacts[], facts: ProjectFacts): string {
  const criterion = CRITERIA.find(({ asks }) => asks.test(text));
  if (criterion === undefined) return '';
  const known = about.flatMap((one) => {
    const value = criterion.value(one);
    return value === null ? [] : [{ one, value }];
  });
  const least = Math.min(...known.map(({ value }) => value));
  const first = known.filter(({ value }) => value === least);
  const [winner] = first;
  if (winner === undefined) return '';
  return first.length === known.length && known.length > 1
    ? `All are alike there (${criterion.say(winner.one, facts)}). `
    : `${criterion.best}: ${listed(first.map(({ one }) => one.name))}, ${criterion.say(winner.one, facts)}. `;
}

export function answerScenarios(text: string, facts: ProjectFacts): Answer | null {
  if (!ABOUT.test(text) || !COMPARES.test(text)) return null;
  const links: Answer['links'] = [{ label: 'Budget', step: 'budget' }];
  if (facts.scenarios.length === 0)
    return {
      topic: 'scenarios',
      text: 'There is no recommendation yet; ask for one, then this can be answered.',
      links,
      proposals: [],
    };
  const said = text.toLowerCase();
  const named = facts.scenarios.filter((one) => said.includes(one.type));
  const about = [...(named.length > 1 ? named : facts.scenarios)].sort((a, b) => a.total_cost - b.total_cost);
  const told = about.map((one) =>
    [
      `${one.name} ${money(one.total_cost, facts.currency)}`,
      one.quality_score === null ? '' : `quality ${one.quality_score}`,
      one.carbon_kg === null ? '' : `${count(Math.round(one.carbon_kg))} kg CO₂e`,
      one.lead_time_days === null ? '' : plural(one.lead_time_days, 'day'),
    ]
      .filter(Boolean)
      .join(', '),
  );
  const [low] = about;
  const high = about.at(-1);
  const apart =
    low === undefined || high === undefined || low === high
      ? ''
      : ` Between them lie ${money(high.total_cost - low.total_cost, facts.currency)}.`;
  const changes = [
    ...new Set(
      about.flatMap((one) => one.trade_offs.slice(0, 3).map((trade) => `${one.name}: ${trade.change}`)),
    ),
  ];
  return {
    topic: 'scenarios',
    text: `${verdict(text, about, facts)}${told.join('; ')}.${apart}${changes.length > 0 ? ` What changes: ${listed(changes, 4)}.` : ''}`,
    links,
    proposals: [],
  };
}
