// The brief as a project holds it: requirements, budget, timeline and preferences are columns of their own. Pure.
import { Brief, type Evidence } from '../../../contract/brief.ts';
import { valueAt } from '../../../engine/brief/merge.ts';

export interface ProjectBriefColumns {
  requirements: unknown;
  budget: unknown;
  timeline: unknown;
  preferences: unknown;
}

/** What the project says now as a brief; anything that is not of the contract is left out. */
export function briefOf(columns: ProjectBriefColumns): Brief {
  const { selected_scenario: _selected, ...budget } = (columns.budget ?? {}) as Record<string, unknown>;
  const parts = {
    ...(columns.requirements as object),
    budget,
    timeline: columns.timeline ?? {},
    preferences: columns.preferences ?? {},
  };
  const brief: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parts)) {
    const schema = Brief.shape[key as keyof typeof Brief.shape];
    if (
      schema === undefined ||
      (typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length === 0)
    )
      continue;
    const parsed = schema.safeParse(value);
    if (parsed.success && parsed.data !== undefined) brief[key] = parsed.data;
  }
  return brief as Brief;
}

/** The project's columns for a brief; the selected scenario inside the budget is kept. */
export function columnsOf(
  brief: Brief,
  before: ProjectBriefColumns,
): { requirements: string; budget: string; timeline: string; preferences: string } {
  const { budget, timeline, preferences, ...requirements } = brief;
  const selected = (before.budget as { selected_scenario?: string } | null)?.selected_scenario;
  return {
    requirements: JSON.stringify(requirements),
    budget: JSON.stringify({
      ...(budget ?? {}),
      ...(selected === undefined ? {} : { selected_scenario: selected }),
    }),
    timeline: JSON.stringify(timeline ?? {}),
    preferences: JSON.stringify(preferences ?? {}),
  };
}

/** Evidence that still stands for what the brief says: a field edited by hand loses its quote. */
export function evidenceFor(brief: Brief, evidence: Evidence[]): Evidence[] {
  return evidence.filter((one) => {
    const value = valueAt(brief, one.path);
    return Array.isArray(value) ? value.includes(one.value) : value === one.value;
  });
}
