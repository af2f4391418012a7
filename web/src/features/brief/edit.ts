// Changing fields of the brief by hand: shown at once, sent with the revision that was read, taken back if refused.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { z } from 'zod';
import type { Project, UpdateProjectRequest } from '../../../../contract/projects.ts';
import { keys } from '../../api/keys.ts';
import { useUpdateProject } from '../../api/projects.ts';
import { type BriefDocument, placeOf, statedValue } from './fields.ts';

export interface FieldChange {
  path: string;
  /** Undefined: no longer stated. */
  value: unknown;
}

/** The documents of the project with the changes in them; a document is always sent whole. */
function changed(
  project: Project,
  changes: readonly FieldChange[],
): Partial<Record<BriefDocument, Record<string, unknown>>> {
  const documents: Partial<Record<BriefDocument, Record<string, unknown>>> = {};
  for (const { path, value } of changes) {
    const { document, key } = placeOf(path);
    const next = { ...(documents[document] ?? project[document]) };
    if (value === undefined || value === null) delete next[key];
    else next[key] = value;
    documents[document] = next;
  }
  return documents;
}

/** What confirming a reading comes to: a list gets a member, and what is wanted is no longer refused, and the reverse. */
export function confirming(project: Project, path: string, value: string | number | boolean): FieldChange[] {
  const listed = (at: string): unknown[] => {
    const now = statedValue(project, at);
    return Array.isArray(now) ? now : [];
  };
  if (!LIST_PATHS.has(path)) return [{ path, value }];
  const other = OPPOSITE[path];
  const left = other === undefined ? [] : listed(other);
  return [
    { path, value: [...listed(path).filter((one) => one !== value), value] },
    ...(other !== undefined && left.includes(value)
      ? [{ path: other, value: left.filter((one) => one !== value) }]
      : []),
  ];
}

const OPPOSITE: Readonly<Record<string, string>> = {
  special_requirements: 'excluded',
  excluded: 'special_requirements',
};
const LIST_PATHS: ReadonlySet<string> = new Set([...Object.keys(OPPOSITE), 'preferences.style']);

/** Resolves once stored; rejects with the ApiProblem, after which the project is as it was. */
export function useEditBrief(project: Project): (changes: readonly FieldChange[]) => Promise<void> {
  const client = useQueryClient();
  const { mutateAsync } = useUpdateProject(project.id);
  return useCallback(
    async (changes) => {
      const before = client.getQueryData<Project>(keys.project(project.id)) ?? project;
      const documents = changed(before, changes);
      client.setQueryData<Project>(keys.project(project.id), { ...before, ...documents });
      const { selected_scenario: _kept, ...budget } = documents.budget ?? {};
      try {
        await mutateAsync({
          base: before,
          ...documents,
          ...(documents.budget ? { budget } : {}),
        } as z.input<typeof UpdateProjectRequest> & { base: Project });
      } catch (error) {
        client.setQueryData<Project>(keys.project(project.id), before);
        throw error;
      }
    },
    [client, project, mutateAsync],
  );
}
