// Collects one project into a project document, with the permissions of the person it is for. Read through the features'
// own services; what was changed while it was read is noticed by sums that do not agree, and read again.
import type { Space } from '../../../contract/floorplans.ts';
import type {
  Audience,
  DocumentConversation,
  DocumentFloor,
  DocumentSpace,
  LeftOut,
  ProjectDocument,
} from '../../../contract/project-document.ts';
import { Branding, DOCUMENT_FORMAT, DOCUMENT_VERSION } from '../../../contract/project-document.ts';
import type { Project } from '../../../contract/projects.ts';
import { forAudience } from '../../../engine/interchange/project/audience.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Deps } from '../context.ts';
import type { Conversations } from '../conversations/service.ts';
import { briefOf } from '../conversations/service.ts';
import type { FloorPlans } from '../floorplans/service.ts';
import type { Projects } from '../projects/service.ts';
import type { Recommendations } from '../recommendations/service.ts';
import type { Renders } from '../renders/service.ts';
import { collectBill } from './collect-bill.ts';
import * as db from './sql/document.ts';

export interface Sources {
  projects: Projects;
  floorPlans: FloorPlans;
  conversations: Conversations;
  recommendations: Recommendations;
  renders: Pick<Renders, 'rendersForProposal'>;
}

export interface CollectOptions {
  audience: Audience;
  /** Take the drawings along, up to LARGEST_FILES together. */
  files: boolean;
}

/** What is told as left out where a person asked for costs and may not see them. */
export const NO_COST = 'Cost and margin';
const LARGEST_FILES = 40 * 1024 * 1024;
const PAGE = 200;
const TRIES = 3;

export async function collectDocument(
  deps: Deps,
  sources: Sources,
  actor: Actor,
  projectId: string,
  options: CollectOptions,
): Promise<ProjectDocument> {
  const project = await sources.projects.get(actor, projectId);
  const may = project.role === 'owner' || project.role === 'editor';
  if (options.audience === 'dealer' && !may)
    throw new AppError(
      'forbidden',
      `Your role on this project is ${project.role}: only documents for the client are open to you.`,
    );
  const [floors, conversations, versions, bill] = [
    await collectFloors(deps, sources, actor, projectId, options.files),
    await collectConversations(sources, actor, projectId),
    await collectVersions(sources, actor, project),
    await collectAgreeingBill(deps, sources, actor, project),
  ];
  const newest = conversations.shown.at(-1);
  const left_out: LeftOut[] = [...floors.left_out, ...bill.left_out];
  if (versions.length > 0)
    left_out.push({
      what: 'Contents of the saved versions',
      why: 'a document holds the project as it stands; the list of its versions is kept',
      count: versions.length,
    });
  if (options.audience === 'dealer' && !bill.sees_cost)
    left_out.push({ what: NO_COST, why: 'only people of a dealer or of the maker see them' });
  const document: ProjectDocument = {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    exported_at: deps.now().toISOString(),
    audience: 'dealer',
    organization: await collectOrganization(deps, project),
    project: projectPart(project),
    brief: { brief: briefOf(project), evidence: newest?.evidence ?? [], questions: newest?.questions ?? [] },
    conversations: conversations.shown,
    floors: floors.floors,
    products: bill.products,
    recommendation: bill.recommendation,
    scenarios: bill.scenarios,
    versions,
    left_out,
  };
  return forAudience(inOrder(document), options.audience);
}

function projectPart(project: Project): ProjectDocument['project'] {
  const { id, name, description, status, tags, current_step, progress_pct } = project;
  const { client, requirements, budget, timeline, preferences, sustainability_targets } = project;
  const parts = { client, requirements, budget, timeline, preferences, sustainability_targets };
  return {
    ...{ id, name, description, status, tags, current_step, progress_pct },
    ...(parts as unknown as Pick<ProjectDocument['project'], keyof typeof parts>),
    currency: typeof budget['currency'] === 'string' ? budget['currency'] : 'USD',
  };
}

async function collectOrganization(deps: Deps, project: Project): Promise<ProjectDocument['organization']> {
  const { organization_id } = project;
  if (organization_id === null) return null;
  const row = await deps.postgres.asSystem((tx) => db.organizationOf(tx, organization_id));
  if (row === undefined) return null;
  const { name, type, website, phone, address, logo_base64, logo_type } = row;
  const branding = Branding.parse({
    logo: logo_base64 === null ? null : `data:${logo_type};base64,${logo_base64}`,
    primary_color: row.primary_color,
    accent_color: row.accent_color,
    footer_line: row.footer_line,
    paper: row.paper,
  });
  return {
    ...{ name, website, phone, branding },
    type: type as NonNullable<ProjectDocument['organization']>['type'],
    address: address as Record<string, unknown> | null,
  };
}

async function collectFloors(
  deps: Deps,
  { floorPlans }: Sources,
  actor: Actor,
  projectId: string,
  withFiles: boolean,
): Promise<{ floors: DocumentFloor[]; left_out: LeftOut[] }> {
  const left_out: LeftOut[] = [];
  const rows = await deps.postgres.withContext(actor, (tx) => db.fileFacts(tx, projectId));
  const sums = new Map(rows.map((row) => [row.id, row.content_sha256]));
  const floors: DocumentFloor[] = [];
  let taken = 0;
  for (const plan of await floorPlans.list(actor, projectId)) {
    const fits = taken + plan.file_size_bytes <= LARGEST_FILES;
    const content = withFiles && fits ? await fileOf(floorPlans, actor, plan.id) : null;
    if (content !== null) taken += plan.file_size_bytes;
    else if (withFiles)
      left_out.push({
        what: `The drawing ${plan.file_name}`,
        why: fits
          ? 'the file is no longer kept'
          : `drawings of more than ${LARGEST_FILES / 1024 / 1024} MB together are not taken along`,
      });
    const read = plan.status === 'analyzed';
    if (!read) left_out.push({ what: `Rooms of ${plan.file_name}`, why: 'the plan has not been read' });
    floors.push({
      id: plan.id,
      level_name: plan.level_name,
      file: {
        name: plan.file_name,
        format: plan.file_format,
        bytes: plan.file_size_bytes,
        sha256: sums.get(plan.id) ?? null,
        content_base64: content,
      },
      scale: plan.scale,
      feet_per_unit: plan.feet_per_unit,
      plan: read ? await floorPlans.analysis(actor, plan.id) : null,
      spaces: (await floorPlans.spaces(actor, plan.id)).map(toDocumentSpace),
    });
  }
  return { floors, left_out };
}

function toDocumentSpace(space: Space): DocumentSpace {
  const { id, source_key, name, number, type, area_sqft, dimensions, bbox } = space;
  const { polygon, holes, source_polygon, source_holes } = space;
  const { suggested_capacity, characteristics, detection_confidence, manually_edited, reviewed } = space;
  return {
    ...{ id, source_key, name, number, type, area_sqft, dimensions, bbox },
    ...{ polygon, holes, source_polygon, source_holes },
    ...{ suggested_capacity, characteristics, detection_confidence, manually_edited, reviewed },
  };
}

async function fileOf(floorPlans: FloorPlans, actor: Actor, id: string): Promise<string | null> {
  try {
    const { stream } = await floorPlans.original(actor, id);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('base64');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    // Deleted by the retention policy.
    if (error instanceof AppError && error.type === 'not_found') return null;
    throw error;
  }
}

async function collectConversations(
  { conversations }: Sources,
  actor: Actor,
  projectId: string,
): Promise<{ shown: DocumentConversation[] }> {
  const shown: DocumentConversation[] = [];
  for (const conversation of (await conversations.list(actor, projectId)).reverse()) {
    const { id, status, summary, evidence, questions, created_at } = conversation;
    const messages: DocumentConversation['messages'] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Conversations['messages']>> = await conversations.messages(actor, id, {
        limit: PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
      messages.push(
        ...page.items.map(
          ({
            id: _id,
            conversation_id: _conversation,
            author_id: _author,
            author_name: _name,
            links: _links,
            actions,
            ...message
          }) => ({
            ...message,
            // What was offered speaks of rows that have other ids elsewhere.
            actions: actions.filter((action) => action.type !== 'swap_item'),
          }),
        ),
      );
      cursor = page.next_cursor;
    } while (cursor !== null);
    shown.push({ id, status, summary, evidence, questions, created_at, messages });
  }
  return { shown };
}

/** Oldest first: those of an earlier installation, as its document told them, then those made here. */
async function collectVersions(
  { projects }: Sources,
  actor: Actor,
  project: Project,
): Promise<ProjectDocument['versions']> {
  const versions: ProjectDocument['versions'] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Projects['versions']>> = await projects.versions(actor, project.id, {
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    versions.push(
      ...page.items.map(({ version_number, change_summary, created_at }) => ({
        version_number,
        change_summary,
        created_at,
      })),
    );
    cursor = page.next_cursor;
  } while (cursor !== null);
  const before = (project.metadata['imported'] as { versions?: ProjectDocument['versions'] } | undefined)
    ?.versions;
  return [...(before ?? []), ...versions.reverse()];
}

async function collectAgreeingBill(deps: Deps, sources: Sources, actor: Actor, project: Project) {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const bill = await collectBill(deps, sources, actor, project.id);
    if (bill.agrees) return bill;
  }
  throw new AppError(
    'conflict',
    'The items and the total of this project do not agree; somebody may be changing it right now. Try again in a moment.',
  );
}

const ANY_ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Rooms and items in an order that no id takes part in, so that a copy of the project gives the same document. */
function inOrder(document: ProjectDocument): ProjectDocument {
  const floors = document.floors.map((floor) => ({
    ...floor,
    spaces: sorted(floor.spaces, (space) => [
      space.number ?? '\uffff',
      space.name ?? '\uffff',
      space.source_key ?? '\uffff',
      JSON.stringify(space.source_polygon),
    ]),
  }));
  const places = new Map(floors.flatMap((floor) => floor.spaces).map((space, i) => [space.id, i]));
  const scenarios = document.scenarios.map((scenario) => ({
    ...scenario,
    items: sorted(scenario.items, (item) => [
      String(item.space_id === null ? 999_999 : (places.get(item.space_id) ?? 999_999)).padStart(6, '0'),
      item.need.key.replace(ANY_ID, ''),
      item.sku,
      String(item.quantity),
      JSON.stringify(item.placements),
    ]),
  }));
  return { ...document, floors, scenarios };
}

function sorted<T>(values: readonly T[], keyOf: (value: T) => string[]): T[] {
  return values
    .map((value) => ({ value, key: keyOf(value) }))
    .sort((a, b) => {
      const at = a.key.findIndex((part, i) => part !== b.key[i]);
      return at < 0 ? 0 : (a.key[at] ?? '') < (b.key[at] ?? '') ? -1 : 1;
    })
    .map(({ value }) => value);
}
