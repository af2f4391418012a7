// The fields of a brief as the screen knows them: their order, names, kinds and the document of the project that holds each.
import {
  BRIEF_SPACE_TYPES,
  type Evidence,
  SPECIAL_REQUIREMENTS,
  STYLES,
  SUSTAINABILITY_PRIORITIES,
} from '../../../../contract/brief.ts';
import type { Project } from '../../../../contract/projects.ts';
import {
  formatArea,
  formatCount,
  formatDate,
  formatDays,
  formatMoney,
  humanize,
  type Units,
} from '../../ui/units.ts';

export type FieldKind =
  | 'count'
  | 'area'
  | 'money'
  | 'days'
  | 'date'
  | 'choice'
  | 'flag'
  | 'choices'
  | 'words'
  | 'currency';

export interface BriefField {
  /** Dotted, as in evidence and actions: "budget.max". */
  path: string;
  label: string;
  kind: FieldKind;
  options?: readonly string[];
}

export const BRIEF_FIELDS: readonly BriefField[] = [
  { path: 'space_type', label: 'Kind of space', kind: 'choice', options: BRIEF_SPACE_TYPES },
  { path: 'employee_count', label: 'People', kind: 'count' },
  { path: 'workstation_count', label: 'Workstations', kind: 'count' },
  { path: 'private_offices', label: 'Private offices', kind: 'count' },
  { path: 'meeting_rooms', label: 'Meeting rooms', kind: 'count' },
  { path: 'phone_booths', label: 'Phone booths', kind: 'count' },
  { path: 'area_sqft', label: 'Area', kind: 'area' },
  { path: 'special_requirements', label: 'Wanted', kind: 'choices', options: SPECIAL_REQUIREMENTS },
  { path: 'excluded', label: 'Not wanted', kind: 'choices', options: SPECIAL_REQUIREMENTS },
  { path: 'budget.target', label: 'Budget target', kind: 'money' },
  { path: 'budget.min', label: 'Budget from', kind: 'money' },
  { path: 'budget.max', label: 'Budget up to', kind: 'money' },
  { path: 'budget.currency', label: 'Currency', kind: 'currency' },
  { path: 'timeline.delivery_date', label: 'Delivery by', kind: 'date' },
  { path: 'timeline.installation_date', label: 'Installed by', kind: 'date' },
  { path: 'timeline.flexibility_days', label: 'Flexibility', kind: 'days' },
  { path: 'max_lead_time_days', label: 'Longest lead time', kind: 'days' },
  {
    path: 'preferences.sustainability_priority',
    label: 'Sustainability',
    kind: 'choice',
    options: SUSTAINABILITY_PRIORITIES,
  },
  { path: 'preferences.style', label: 'Style', kind: 'choices', options: STYLES },
  { path: 'preferences.ergonomics', label: 'Ergonomics', kind: 'flag' },
  { path: 'preferences.preferred_brands', label: 'Brands', kind: 'words' },
  { path: 'preferences.colors', label: 'Colors', kind: 'words' },
  { path: 'preferences.materials', label: 'Materials', kind: 'words' },
];
const BY_PATH = new Map(BRIEF_FIELDS.map((field) => [field.path, field]));
export const fieldOf = (path: string): BriefField | undefined => BY_PATH.get(path);
export const labelOf = (path: string): string => fieldOf(path)?.label ?? humanize(path.replaceAll('.', ' '));

/** The project's document that holds a field, and the field's name in it. */
export type BriefDocument = 'requirements' | 'budget' | 'timeline' | 'preferences';
export function placeOf(path: string): { document: BriefDocument; key: string } {
  const [first = '', second] = path.split('.');
  if (second && (first === 'budget' || first === 'timeline' || first === 'preferences'))
    return { document: first, key: second };
  return { document: 'requirements', key: path };
}

/** What is stated, undefined where nothing is; an empty list states nothing. */
export function statedValue(project: Project, path: string): unknown {
  const { document, key } = placeOf(path);
  const value = project[document][key];
  return value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

export function formatValue(path: string, value: unknown, units: Units, currency = 'USD'): string {
  if (value === undefined || value === null) return 'not stated';
  const kind = fieldOf(path)?.kind;
  if (Array.isArray(value)) {
    if (value.length === 0) return 'not stated';
    return value
      .map((one, index) =>
        index === 0 || kind === 'words' ? humanize(String(one)) : String(one).replaceAll('_', ' '),
      )
      .join(', ');
  }
  if (typeof value === 'boolean') return value ? 'Important' : 'Not important';
  if (typeof value === 'number') {
    if (kind === 'area') return formatArea(value, units);
    if (kind === 'money')
      return formatMoney(value, { currency: /^[A-Z]{3}$/.test(currency) ? currency : 'USD' });
    if (kind === 'days') return formatDays(value);
    return formatCount(value);
  }
  if (kind === 'date') return formatDate(String(value));
  return kind === 'choice' || kind === 'choices' ? humanize(String(value)) : String(value);
}

/** The sentences a field came from, each once, oldest first; hand-edited values have none. */
export function evidenceFor(evidence: readonly Evidence[], path: string, value: unknown): Evidence[] {
  const seen = new Set<string>();
  return evidence
    .filter((one) => one.path === path)
    .filter((one) => (Array.isArray(value) ? value.includes(one.value) : value === one.value))
    .filter((one) => {
      const key = `${one.turn}:${one.quote}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.turn - b.turn);
}

interface Opening {
  question: RegExp;
  before: string;
  after: string;
  /** The question is answered once one of these is stated, by whatever way. */
  paths: readonly string[];
}
/** How the answer to an open question begins, with the caret between `before` and `after`. */
const OPENINGS: readonly Opening[] = [
  { question: /kind of space|type of space/i, before: 'It is ', after: '.', paths: ['space_type'] },
  { question: /currency/i, before: 'The budget is in ', after: '.', paths: ['budget.currency'] },
  {
    question: /budget|cost|spend/i,
    before: 'The budget is $',
    after: '.',
    paths: ['budget.target', 'budget.max', 'budget.min'],
  },
  {
    question: /when|delivered|ready/i,
    before: 'It has to be installed by ',
    after: '.',
    paths: ['timeline.delivery_date', 'timeline.installation_date'],
  },
  {
    question: /how many people/i,
    before: 'It is for ',
    after: ' people.',
    paths: ['employee_count', 'workstation_count'],
  },
  { question: /workstation/i, before: 'We need ', after: ' workstations.', paths: ['workstation_count'] },
  { question: /meeting/i, before: 'We need ', after: ' meeting rooms.', paths: ['meeting_rooms'] },
  { question: /private office/i, before: 'We need ', after: ' private offices.', paths: ['private_offices'] },
  { question: /how large|area/i, before: 'The space has ', after: ' sq ft.', paths: ['area_sqft'] },
  { question: /style/i, before: 'The style is ', after: '.', paths: ['preferences.style'] },
  {
    question: /sustainability/i,
    before: 'Sustainability matters: ',
    after: '.',
    paths: ['preferences.sustainability_priority'],
  },
  { question: /special/i, before: 'It must have ', after: '.', paths: ['special_requirements'] },
];
const openingOf = (question: string) => OPENINGS.find((opening) => opening.question.test(question));

export function stemFor(question: string): { text: string; caret: number } {
  const opening = openingOf(question);
  return opening
    ? { text: opening.before + opening.after, caret: opening.before.length }
    : { text: '', caret: 0 };
}

/** Questions that a value entered by hand has answered are no longer asked. */
export function stillOpen(questions: readonly string[], project: Project): string[] {
  return questions.filter(
    (question) => !openingOf(question)?.paths.some((path) => statedValue(project, path) !== undefined),
  );
}
