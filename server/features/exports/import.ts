// Takes a project that was exported as JSON into this installation: read in a worker thread, given new ids, its products
// matched by part number, and stored in one transaction with the rights of the person who sends it.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ImportProjectQuery, ProjectImportReport } from '../../../contract/exports.ts';
import type { DocumentFloor, LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { sniffFormat } from '../../../engine/plan/sniff.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { runTask } from '../../platform/worker-task.ts';
import { audit } from '../audit.ts';
import type { Deps, Origin } from '../context.ts';
import { briefOf } from '../conversations/service.ts';
import { markReached, refreshProgress } from '../projects/service.ts';
import { track } from '../track.ts';
import type { ReadProject } from './export-task.ts';
import { storeBill } from './import-bill.ts';
import { readableReason, TASKS } from './run.ts';
import * as db from './sql/import.ts';

const TIME_LIMIT_MS = 60_000;
const MEMORY_LIMIT_MB = 1024;

export interface UploadStream {
  stream: Readable & { truncated?: boolean };
}

export function makeProjectImport(deps: Deps) {
  const { postgres, files } = deps;

  async function readDocument(bytes: Uint8Array): Promise<ReadProject> {
    try {
      return await runTask<ReadProject>({
        module: TASKS,
        export_name: 'read',
        input: { bytes },
        timeout_ms: TIME_LIMIT_MS,
        memory_mb: MEMORY_LIMIT_MB,
        label: 'Reading the project',
      });
    } catch (error) {
      const reason = readableReason(error);
      if (reason === undefined) throw error;
      throw new AppError('unreadable_file', reason, { cause: error });
    }
  }

  /** Puts the drawings that came with the document into the file store. */
  async function storeFiles(floors: DocumentFloor[], stored: string[], left_out: LeftOut[]): Promise<void> {
    for (const floor of floors) {
      const bytes = fileOf(floor);
      if (bytes === undefined) {
        left_out.push({
          what: `The drawing ${floor.file.name}`,
          why: 'the document does not hold it; its rooms are here, but it cannot be read again until it is uploaded',
        });
        continue;
      }
      const key = keyOf(floor);
      stored.push(key);
      await files.put(key, bytes, { content_type: 'application/octet-stream' });
    }
  }

  async function store(
    tx: Tx,
    actor: Actor,
    { document, source_project_id }: ReadProject,
    query: z.infer<typeof ImportProjectQuery>,
    left_out: LeftOut[],
  ) {
    const { project } = document;
    const organization_id = query.organization_id ?? (await db.homeOrganization(tx, actor.user_id));
    const name = query.name ?? project.name;
    const now = deps.now();
    try {
      await db.insertProject(tx, {
        id: project.id,
        owner_id: actor.user_id,
        organization_id,
        name,
        description: project.description,
        status: project.status,
        client: JSON.stringify(project.client),
        requirements: JSON.stringify(project.requirements),
        budget: JSON.stringify(project.budget),
        timeline: JSON.stringify(project.timeline),
        preferences: JSON.stringify(project.preferences),
        sustainability_targets: JSON.stringify(project.sustainability_targets),
        tags: project.tags,
        metadata: JSON.stringify({
          imported: {
            source_project_id,
            exported_at: document.exported_at,
            imported_at: now.toISOString(),
            versions: document.versions,
          },
        }),
      });
    } catch (error) {
      // Row security refuses organizations one may not create projects in; it does not say whether they exist.
      if (sqlState(error) === '42501') throw notFound('organization');
      throw error;
    }
    await storeFloors(tx, actor, document, now);
    const bill = await storeBill(tx, actor, document, now);
    const messages = await storeConversations(tx, actor, document);
    // What the document had reached is no milestone of today.
    await markReached(tx, project.id);
    await refreshProgress(tx, project.id);
    await track(tx, actor, now, {
      event_name: 'project_imported',
      event_type: 'action',
      project_id: project.id,
      organization_id,
    });
    left_out.push(...bill.left_out);
    return { name, organization_id, messages, bill };
  }

  return {
    /** For the command line. */
    async userByEmail(email: string): Promise<string> {
      const found = await postgres.asSystem((tx) => db.userByEmail(tx, email));
      if (found === undefined)
        throw new AppError('not_found', `Nobody has the address ${email}; give the address of an account.`);
      return found;
    },

    async importProject(
      actor: Actor,
      { stream }: UploadStream,
      query: z.infer<typeof ImportProjectQuery>,
      origin: Origin | null,
    ): Promise<ProjectImportReport> {
      const read = await readDocument(await bytesOf(stream, deps.config.max_upload_bytes));
      const { document } = read;
      const left_out: LeftOut[] = [];
      if (document.organization !== null)
        left_out.push({
          what: `The organization ${document.organization.name}`,
          why: 'an imported project belongs to the organization of the person who imports it',
        });
      const stored: string[] = [];
      try {
        await storeFiles(document.floors, stored, left_out);
        const { name, organization_id, messages, bill } = await postgres.withContext(actor, async (tx) => {
          const made = await store(tx, actor, read, query, left_out);
          await audit(
            tx,
            {
              action: 'project.imported',
              actor_id: actor.user_id,
              organization_id: made.organization_id,
              project_id: document.project.id,
              detail: { source_project_id: read.source_project_id },
            },
            origin,
          );
          return made;
        });
        deps.log.info({ project_id: document.project.id, organization_id }, 'project imported');
        return {
          project_id: document.project.id,
          name,
          floors: document.floors.length,
          spaces: document.floors.reduce((sum, floor) => sum + floor.spaces.length, 0),
          items: document.scenarios.reduce((sum, scenario) => sum + scenario.items.length, 0),
          scenarios: document.scenarios.length,
          messages,
          missing_products: bill.missing_products,
          repriced_products: bill.repriced_products,
          left_out,
        };
      } catch (error) {
        for (const key of stored) await files.delete(key);
        throw error;
      }
    },
  };
}

async function bytesOf(stream: UploadStream['stream'], most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError(
      'too_large',
      `The file is larger than ${Math.round(most / 1024 / 1024)} MB; export the project without its drawings ("files").`,
    );
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > most) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  if (stream.truncated === true) throw tooLarge();
  return new Uint8Array(Buffer.concat(chunks));
}

function keyOf(floor: DocumentFloor): string {
  return `floor-plans/${floor.id}/original`;
}

/** The drawing that stands in the document, if it is the one it says. */
function fileOf({ file }: DocumentFloor): Uint8Array | undefined {
  if (file.content_base64 === null) return undefined;
  const bytes = Buffer.from(file.content_base64, 'base64');
  const refuse = (why: string) =>
    new AppError(
      'unreadable_file',
      `The drawing ${file.name} inside the document ${why}; export the project again.`,
    );
  if (bytes.length !== file.bytes) throw refuse(`has ${bytes.length} bytes instead of ${file.bytes}`);
  if (file.sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== file.sha256)
    throw refuse('is not the one whose checksum stands beside it');
  if (sniffFormat(bytes) !== file.format) throw refuse(`is no ${file.format.toUpperCase()} file`);
  return bytes;
}

async function storeFloors(tx: Tx, actor: Actor, document: ProjectDocument, now: Date): Promise<void> {
  const project_id = document.project.id;
  for (const [i, floor] of document.floors.entries()) {
    const read = floor.plan !== null;
    await db.insertFloor(tx, {
      id: floor.id,
      project_id,
      file_name: floor.file.name,
      file_url: keyOf(floor),
      file_size_bytes: floor.file.bytes,
      file_format: floor.file.format,
      content_sha256: floor.file.sha256,
      level_name: floor.level_name,
      level_index: i,
      status: read ? 'analyzed' : 'failed',
      processing_error: read
        ? null
        : 'This plan had not been read when the project was exported; read it again.',
      processing_completed_at: now,
      analysis: floor.plan === null ? null : JSON.stringify(floor.plan),
      scale: floor.scale,
      feet_per_unit: floor.feet_per_unit,
      progress_pct: read ? 100 : 0,
      progress_note: read ? `${floor.spaces.length} rooms taken over` : 'not read yet',
      uploaded_by: actor.user_id,
      created_at: new Date(now.getTime() + i),
    });
    await db.insertSpaces(
      tx,
      floor.spaces.map(({ reviewed, dimensions, bbox, ...space }) => ({
        ...space,
        floor_plan_id: floor.id,
        project_id,
        dimensions: dimensions === null ? null : JSON.stringify(dimensions),
        bbox: bbox === null ? null : JSON.stringify(bbox),
        polygon: JSON.stringify(space.polygon),
        holes: JSON.stringify(space.holes),
        source_polygon: JSON.stringify(space.source_polygon),
        source_holes: JSON.stringify(space.source_holes),
        characteristics: JSON.stringify(space.characteristics),
        reviewed_at: reviewed ? now : null,
        reviewed_by: reviewed ? actor.user_id : null,
      })),
    );
  }
}

/** Conversations belong to the person who imports them. */
async function storeConversations(tx: Tx, actor: Actor, document: ProjectDocument): Promise<number> {
  const brief = JSON.stringify(briefOf(document.project));
  let count = 0;
  for (const { id, status, summary, evidence, questions, created_at, messages } of document.conversations) {
    const turns = messages.filter((message) => message.role === 'user').length;
    await db.insertConversation(
      tx,
      {
        ...{ id, status, summary, created_at },
        project_id: document.project.id,
        user_id: actor.user_id,
        context: JSON.stringify({ evidence, turns, questions }),
        extracted_requirements: brief,
      },
      messages.map(({ entities, actions, ...message }) => ({
        ...message,
        conversation_id: id,
        entities: JSON.stringify(entities),
        actions: JSON.stringify(actions),
      })),
    );
    count += messages.length;
  }
  return count;
}
