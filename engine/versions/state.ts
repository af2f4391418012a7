// The state of a project that a version keeps: rows of its tables as they were, and the view of them that is compared.
// Pure; rows come from different releases, so every field is read with care.

export type Row = Record<string, unknown>;

export interface ProjectState {
  format: 2;
  project: Row;
  project_terms: Row | null;
  floor_plans: Row[];
  spaces: Row[];
  recommendation: Row | null;
  budget_scenarios: Row[];
  recommendation_items: Row[];
  item_snapshots: Row[];
  sustainability_metrics: Row[];
  /** Part number and name of each product an item names, as they were. */
  products: Record<string, { sku: string; name: string }>;
}

/** What of a project's own columns is its contents. */
export const CONTENT_COLUMNS = [
  'name',
  'description',
  'client',
  'requirements',
  'budget',
  'timeline',
  'preferences',
  'sustainability_targets',
  'tags',
] as const;
export type ContentColumn = (typeof CONTENT_COLUMNS)[number];

const ANY_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Every known id replaced, also inside texts and documents (the keys of needs hold the ids of rooms). */
export function withNewIds<T>(value: T, ids: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value).replace(ANY_ID, (id) => ids.get(id.toLowerCase()) ?? id)) as T;
}

export function withoutIds(text: string): string {
  return text.replace(ANY_ID, '');
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function record(value: unknown): Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

/** The scenario whose bill stands for the project: the asked one, else the selected, else the balanced, else the first. */
export function shownScenario(state: ProjectState, type?: string): Row | null {
  const all = state.budget_scenarios;
  return (
    (type === undefined ? undefined : all.find((one) => one['type'] === type)) ??
    all.find((one) => one['is_selected'] === true) ??
    all.find((one) => one['type'] === 'balanced') ??
    all[0] ??
    null
  );
}

export function roomLabel(space: Row): string {
  const named = [text(space['number']), text(space['name'])].filter(Boolean).join(' ');
  return named === '' ? String(space['type'] ?? 'room').replaceAll('_', ' ') : named;
}
