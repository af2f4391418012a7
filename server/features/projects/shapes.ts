// Between rows of the database and the shapes of the contract.
import type { ProjectRole } from '../../../contract/permissions.ts';
import type { Project, ProjectListItem, UpdateProjectRequest } from '../../../contract/projects.ts';
import type { ProjectVersion } from '../../../contract/versions.ts';
import { iso, isoOrNull } from '../context.ts';
import type { ProjectRow } from './access.ts';
import { type ProjectFacts, progressOf, stepsOf } from './progress.ts';
import type * as versions from './sql/versions.ts';
import type * as db from './sql.ts';

export function projectOf(row: ProjectRow, facts: ProjectFacts): Project {
  const steps = stepsOf(facts);
  return {
    id: row.id,
    owner_id: row.owner_id,
    organization_id: row.organization_id,
    name: row.name,
    description: row.description,
    status: row.status as Project['status'],
    client: (row.client ?? {}) as Project['client'],
    requirements: (row.requirements ?? {}) as Project['requirements'],
    budget: (row.budget ?? {}) as Project['budget'],
    timeline: (row.timeline ?? {}) as Project['timeline'],
    preferences: (row.preferences ?? {}) as Project['preferences'],
    sustainability_targets: (row.sustainability_targets ?? {}) as Project['sustainability_targets'],
    ...progressOf(steps),
    steps,
    tags: row.tags ?? [],
    metadata: (row.metadata ?? {}) as Project['metadata'],
    is_template: row.is_template,
    role: row.role,
    revision: row.revision,
    created_at: iso(row.created_at as Date),
    updated_at: iso(row.updated_at as Date),
    deleted_at: isoOrNull(row.deleted_at),
  };
}

/** The database columns of a change; the selected scenario inside the budget is kept. */
export function columnsOf(change: UpdateProjectRequest, before: ProjectRow): Record<string, unknown> {
  const { client, requirements, budget, timeline, preferences, sustainability_targets, ...plain } = change;
  const columns: Record<string, unknown> = { ...plain };
  const documents = { client, requirements, timeline, preferences, sustainability_targets };
  for (const [name, value] of Object.entries(documents))
    if (value !== undefined) columns[name] = JSON.stringify(value);
  if (budget !== undefined) {
    const selected = (before.budget as { selected_scenario?: string } | null)?.selected_scenario;
    columns['budget'] = JSON.stringify({
      ...budget,
      ...(selected === undefined ? {} : { selected_scenario: selected }),
    });
  }
  return columns;
}

export function toListItem(row: db.ProjectListRow): ProjectListItem {
  return {
    ...row,
    status: row.status as ProjectListItem['status'],
    role: row.role as ProjectRole,
    current_step: row.current_step as ProjectListItem['current_step'],
    currency: row.currency ?? 'USD',
    tags: row.tags ?? [],
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    deleted_at: isoOrNull(row.deleted_at),
  };
}

export function toVersion(row: versions.VersionRow): ProjectVersion {
  return { ...row, kind: row.kind as ProjectVersion['kind'], created_at: iso(row.created_at as Date) };
}
