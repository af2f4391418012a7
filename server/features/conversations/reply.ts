// What the assistant answers when it works from the built-in parser: what was understood, and the next open question. Pure.
import type { Brief, Intent } from '../../../contract/brief.ts';

const LABELS: Record<string, string> = {
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

/** The value at a dotted path of the brief; undefined where it is not stated. */
export function valueAt(brief: Brief, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      brief,
    );
}

function inWords(path: string, value: unknown, currency: string): string {
  const label = labelOf(path);
  if (value === undefined) return `${label} withdrawn`;
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

function understood(brief: Brief, changed: string[]): string {
  const currency = /^[A-Z]{3}$/.test(brief.budget?.currency ?? '')
    ? (brief.budget?.currency as string)
    : 'USD';
  const parts = changed
    .filter((path) => path !== 'budget.currency' || changed.length === 1)
    .map((path) => inWords(path, valueAt(brief, path), currency));
  return `Noted: ${parts.join('; ')}.`;
}

const WITHOUT_CHANGE: Record<Intent, string> = {
  greeting: 'Hello. Tell me what the space is for, how many people it seats and what it may cost.',
  request_recommendation: 'I can recommend furniture for the rooms now.',
  approve: 'You can approve the selected scenario now.',
  reject: 'Understood; tell me what does not fit, and I will look for something else.',
  compare_scenarios: 'The three scenarios stand side by side under Budget.',
  ask_question:
    'I can take down requirements here; questions about the project are answered by its pages: rooms under Spaces, reasons under Furniture, sums under Budget.',
  provide_requirements: 'I did not find a requirement in this; name counts, rooms, budget or dates.',
  correct_requirement: 'I did not find which requirement to change; name it with its new value.',
  other: 'I did not find a requirement in this; name counts, rooms, budget or dates.',
};

export function composeReply(input: {
  intent: Intent;
  brief: Brief;
  changed: string[];
  questions: string[];
}): string {
  const sentences = [
    input.changed.length > 0 ? understood(input.brief, input.changed) : WITHOUT_CHANGE[input.intent],
  ];
  if (
    input.changed.length > 0 &&
    ['request_recommendation', 'approve', 'compare_scenarios'].includes(input.intent)
  ) {
    sentences.push(WITHOUT_CHANGE[input.intent]);
  }
  const [question] = input.questions;
  if (question !== undefined && input.intent !== 'approve') sentences.push(question);
  return sentences.join(' ');
}
