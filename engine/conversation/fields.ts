// The brief's fields in people's words: how they are called in answers, how a value is said, and which a question names.
import type { Brief } from '../../contract/brief.ts';

const LABELS: Readonly<Record<string, string>> = {
  space_type: 'space type',
  employee_count: 'people',
  workstation_count: 'workstations',
  private_offices: 'private offices',
  meeting_rooms: 'meeting rooms',
  phone_booths: 'phone booths',
  area_sqft: 'area',
  max_lead_time_days: 'longest lead time',
  special_requirements: 'special requirements',
  excluded: 'not wanted',
  'budget.min': 'budget from',
  'budget.max': 'budget up to',
  'budget.target': 'budget target',
  'budget.currency': 'currency',
  'timeline.delivery_date': 'delivery by',
  'timeline.installation_date': 'installation by',
  'timeline.flexibility_days': 'flexibility',
  'preferences.sustainability_priority': 'sustainability priority',
  'preferences.style': 'style',
  'preferences.ergonomics': 'ergonomics',
  'preferences.preferred_brands': 'preferred brands',
  'preferences.colors': 'colours',
  'preferences.materials': 'materials',
};

export const FIELD_PATHS: readonly string[] = Object.keys(LABELS);

const COUNTED = new Set([
  'employee_count',
  'workstation_count',
  'private_offices',
  'meeting_rooms',
  'phone_booths',
]);

export function labelOf(path: string): string {
  return LABELS[path] ?? path.replaceAll('_', ' ').replaceAll('.', ' ');
}

/** "40 workstations", "budget up to $300,000", "style: modern, minimalist". */
export function inWords(path: string, value: unknown, currency: string): string {
  const label = labelOf(path);
  if (value === undefined || value === null) return `${label} withdrawn`;
  if (typeof value === 'number') {
    if (path === 'area_sqft') return `${label} ${value.toLocaleString('en-US')} sq ft`;
    if (path.startsWith('budget.')) {
      return `${label} ${new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(value)}`;
    }
    if (path.endsWith('_days')) return `${label} ${value} days`;
    return COUNTED.has(path) ? `${value.toLocaleString('en-US')} ${label}` : `${label} ${value}`;
  }
  if (Array.isArray(value))
    return value.length === 0
      ? `${label} withdrawn`
      : `${label}: ${value.map((one) => String(one).replaceAll('_', ' ')).join(', ')}`;
  if (typeof value === 'boolean') return value ? label : `no ${label}`;
  return `${label} ${String(value).replaceAll('_', ' ')}`;
}

/** Currency of a brief, for sums that are said. */
export function currencyOf(brief: Brief): string {
  return /^[A-Z]{3}$/.test(brief.budget?.currency ?? '') ? (brief.budget?.currency as string) : 'USD';
}

const BUDGET = ['budget.target', 'budget.max', 'budget.min', 'budget.currency'];
const DATES = ['timeline.delivery_date', 'timeline.installation_date', 'timeline.flexibility_days'];
const WISHES = ['special_requirements', 'excluded'];
const NAMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bbudgets?\b|\bspend(?:ing)? limit\b|\bcap\b|\bceiling\b/i, BUDGET],
  [/\bcurrency\b/i, ['budget.currency']],
  [/\binstall\w*\b|\bmove[ -]?in\b/i, ['timeline.installation_date']],
  [/\bdelivery\b|\bdelivered\b/i, ['timeline.delivery_date', 'timeline.installation_date']],
  [/\bdeadline\b|\btimeline\b|\bschedule\b|\bdue date\b|\bdates?\b/i, DATES],
  [/\bhead ?count\b|\bpeople\b|\bstaff\b|\bemployees?\b|\bteam size\b/i, ['employee_count']],
  [/\bdesks?\b|\bworkstations?\b/i, ['workstation_count']],
  [/\bprivate offices?\b/i, ['private_offices']],
  [/\b(?:meeting|conference|huddle) rooms?\b/i, ['meeting_rooms']],
  [/\b(?:phone )?booths?\b/i, ['phone_booths', ...WISHES]],
  [/\barea\b|\bsquare (?:feet|footage|metres|meters)\b|\bsq ?ft\b/i, ['area_sqft']],
  [/\blead time limit\b|\b(?:max\w*|longest) lead time\b/i, ['max_lead_time_days']],
  [/\bstyles?\b|\blook\b/i, ['preferences.style']],
  [/\bbrands?\b|\bmakers?\b|\bmanufacturers?\b/i, ['preferences.preferred_brands']],
  [/\bcolou?rs?\b/i, ['preferences.colors']],
  [/\bmaterials?\b/i, ['preferences.materials']],
  [/\bsustainab\w*\b/i, ['preferences.sustainability_priority']],
  [/\bergonomic\w*\b/i, ['preferences.ergonomics', ...WISHES]],
  [/\b(?:kind|type) of (?:space|office)\b|\bspace type\b/i, ['space_type']],
  [/\bexclu\w+\b|\bnot wanted\b|\bruled out\b/i, ['excluded']],
  [/\brequirements?\b|\bneeds?\b|\bwishes\b/i, WISHES],
];

/** A special requirement the text names: "lockers", "standing desks". */
export function wishNamed(text: string, words: readonly string[]): string | null {
  const said = text.toLowerCase().replace(/[^a-z]+/g, ' ');
  return words.find((word) => said.includes(word.replaceAll('_', ' ').replace(/s$/, ''))) ?? null;
}

/** Paths of the brief that a text speaks of, in no particular order; empty where it names none. */
export function fieldsNamed(text: string): string[] {
  return [...new Set(NAMES.flatMap(([word, paths]) => (word.test(text) ? paths : [])))];
}
