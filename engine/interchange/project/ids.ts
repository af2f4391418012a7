/** The ids of a project document: which they are, giving it new ones, and a form in which two copies are equal. */
import type { ProjectDocument } from '../../../contract/project-document.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Every id the document itself gives, in the order of the document. */
export function idsOf(document: ProjectDocument): string[] {
  return [
    document.project.id,
    ...document.conversations.map((one) => one.id),
    ...document.floors.flatMap((floor) => [floor.id, ...floor.spaces.map((space) => space.id)]),
    ...(document.recommendation === null ? [] : [document.recommendation.id]),
    ...document.scenarios.flatMap((scenario) => [scenario.id, ...scenario.items.map((item) => item.id)]),
  ];
}

/** The same document with other ids wherever they stand: also inside keys, reports and summaries that name a room. */
export function withIds(document: ProjectDocument, ids: ReadonlyMap<string, string>): ProjectDocument {
  return replaced(document, (text) =>
    text.length < 36 ? text : text.replace(UUID, (id) => ids.get(id.toLowerCase()) ?? id),
  ) as ProjectDocument;
}

/**
 * What stays of a document when it is taken into another installation and exported there again: ids in the order of the
 * document, without the time of the export, the organization it belongs to and what could not be taken along.
 */
export function canonical(document: ProjectDocument): unknown {
  const ids = new Map(
    idsOf(document).map((id, i) => [
      id.toLowerCase(),
      `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    ]),
  );
  const {
    exported_at: _time,
    organization: _organization,
    left_out: _left_out,
    ...rest
  } = withIds(document, ids);
  return rest;
}

function replaced(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => replaced(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), replaced(one, change)]));
}
