// Exports: a project as a file. Each is made by a job in a worker thread, kept until its time is over, handed out to people
// signed in or by a signed link, and written into the audit log. What a dealer pays is in no file for a client.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import {
  type CreateExportRequest,
  type CreateLinkRequest,
  ExpireExportsJob,
  type Export,
  ExportJob,
  type ExportLink,
  type LinkQuery,
} from '../../../contract/exports.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import type { Live } from '../live.ts';
import { requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { collectDocument, type Sources } from './collect.ts';
import { makeProjectImport } from './import.ts';
import { isSigned, signatureOf } from './links.ts';
import { makeOrderFiles } from './order-files.ts';
import { makeExportRun } from './run.ts';
import { auditOf, checkParts, toExport } from './shapes.ts';
import * as db from './sql/exports.ts';

export const MakeExport: JobKind<ExportJob> = {
  name: 'make_export',
  payload: ExportJob,
  retries: 1,
  concurrency: 1,
  expire_seconds: 300,
};

/** Deletes files whose time is over; queued by its schedule. */
export const ExpireExports: JobKind<ExpireExportsJob> = {
  name: 'expire_exports',
  payload: ExpireExportsJob,
  retries: 1,
  concurrency: 1,
  expire_seconds: 300,
};
/** Minute 17 of every hour. */
export const EXPIRY_SCHEDULE = '17 * * * *';

const KEPT_DAYS = 30;
/** A link to a file with costs lives no longer. */
const COST_LINK_HOURS = 24;
const HOUR_MS = 3_600_000;
const SWEEP = 200;
/** How long a waiting caller (the command line) looks for the end of a job. */
const LOOK_EVERY_MS = 150;

export type Exports = ReturnType<typeof makeExports>;

export interface ExportFile {
  file_name: string;
  content_type: string;
  size: number;
  stream: Readable;
}

export function makeExports(deps: Deps, live: Live, sources: Sources) {
  const { postgres, files, jobs } = deps;

  async function exportWith(tx: Tx, id: string): Promise<db.ExportRow> {
    const found = await db.findExport(tx, id);
    if (found === undefined) throw notFound('export');
    await requireProject(tx, found.project_id, 'project:read');
    return found;
  }

  async function open(row: db.ExportRow): Promise<ExportFile> {
    if (row.status === 'expired' || row.expires_at.getTime() <= deps.now().getTime())
      throw new AppError(
        'not_found',
        'The time of this export is over and its file is deleted; export again.',
      );
    if (row.status !== 'ready' || row.file_key === null)
      throw new AppError(
        'conflict',
        row.status === 'failed'
          ? (row.error ?? 'This export failed.')
          : 'This export is not ready yet; wait for it.',
      );
    return {
      file_name: row.file_name ?? 'export',
      content_type: row.content_type ?? 'application/octet-stream',
      size: row.file_size_bytes ?? 0,
      stream: await files.get(row.file_key),
    };
  }

  const self = {
    async start(
      actor: Actor,
      projectId: string,
      request: CreateExportRequest,
      origin: Origin | null,
    ): Promise<Export> {
      const { format, audience, scenario_id = null, ...options } = request;
      checkParts(request);
      const row = await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(
          tx,
          projectId,
          audience === 'client' ? 'project:read' : 'project:edit',
        );
        if (scenario_id !== null && !(await db.scenarioInProject(tx, projectId, scenario_id)))
          throw notFound('scenario of this project');
        const now = deps.now();
        const made = await db.insertExport(tx, {
          id: randomUUID(),
          project_id: projectId,
          format,
          audience,
          scenario_id,
          options: JSON.stringify(options),
          created_by: actor.user_id,
          created_at: now,
          expires_at: new Date(now.getTime() + KEPT_DAYS * 24 * HOUR_MS),
          progress_note: 'waiting to be written',
        });
        await jobs.enqueue(tx, MakeExport, {
          export_id: made.id,
          project_id: projectId,
          user_id: actor.user_id,
        });
        await audit(
          tx,
          {
            action: 'export.created',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: projectId,
            detail: { export_id: made.id, format, audience },
          },
          origin,
        );
        await track(tx, actor, now, {
          event_name: 'export_created',
          event_type: 'action',
          project_id: projectId,
          organization_id: project.organization_id,
          properties: { format, audience },
        });
        return made;
      });
      return toExport(row);
    },

    async list(actor: Actor, projectId: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await db.listExports(tx, projectId, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      return { ...page, items: page.items.map(toExport) };
    },

    async get(actor: Actor, id: string): Promise<Export> {
      return toExport(await postgres.withContext(actor, (tx) => exportWith(tx, id)));
    },

    /** Looks until the job is over; throws its sentence where it failed. For the command line and tests. */
    async wait(actor: Actor, id: string): Promise<Export> {
      for (;;) {
        const found = await self.get(actor, id);
        if (found.status === 'failed') throw new AppError('conflict', found.error ?? 'The export failed.');
        if (found.status === 'ready') return found;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },

    async file(actor: Actor, id: string, origin: Origin | null): Promise<ExportFile> {
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await exportWith(tx, id);
        await audit(tx, { ...auditOf('export.downloaded', found), actor_id: actor.user_id }, origin);
        return found;
      });
      return await open(row);
    },

    /** The path and query of a link that needs no sign-in; ends with the export at the latest. */
    async link(
      actor: Actor,
      id: string,
      { hours }: z.infer<typeof CreateLinkRequest>,
      origin: Origin,
    ): Promise<z.infer<typeof ExportLink>> {
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await exportWith(tx, id);
        await audit(tx, { ...auditOf('export.link_created', found), actor_id: actor.user_id }, origin);
        return found;
      });
      const most = row.has_cost ? Math.min(hours, COST_LINK_HOURS) : hours;
      const ends = Math.min(deps.now().getTime() + most * HOUR_MS, row.expires_at.getTime());
      const expires = Math.floor(ends / 1000);
      const kept = await postgres.asSystem((tx) => db.findForLink(tx, id));
      if (kept === undefined) throw notFound('export');
      const signature = signatureOf(row.id, expires, kept.link_secret);
      return {
        url: `/api/v1/export-links/${row.id}?expires=${expires}&signature=${signature}`,
        expires_at: new Date(expires * 1000).toISOString(),
      };
    },

    /** Anyone with the link, as long as it lives. */
    async fileByLink(id: string, query: z.infer<typeof LinkQuery>, origin: Origin): Promise<ExportFile> {
      const over = new AppError(
        'not_found',
        'This link is not valid, or its time is over; ask for a new one.',
      );
      if (query.expires * 1000 <= deps.now().getTime()) throw over;
      const row = await postgres.asSystem(async (tx) => {
        const found = await db.findForLink(tx, id);
        if (found === undefined || !isSigned(found.id, query.expires, found.link_secret, query.signature))
          return undefined;
        await audit(tx, { ...auditOf('export.downloaded_by_link', found), actor_id: null }, origin);
        return found;
      });
      if (row === undefined) throw over;
      return await open(row);
    },

    /** The file and every link to it go at once. */
    async remove(actor: Actor, id: string, origin: Origin): Promise<void> {
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await exportWith(tx, id);
        if ((await db.deleteExport(tx, id)) === undefined)
          throw new AppError(
            'forbidden',
            'Only who made an export, or who edits the project, may delete it.',
          );
        await audit(tx, { ...auditOf('export.deleted', found), actor_id: actor.user_id }, origin);
        return found;
      });
      if (row.file_key !== null) await files.delete(row.file_key);
      await live.publish({
        type: 'export.updated',
        project_id: row.project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
    },

    /** Deletes files whose time is over; the rows stay and say so. Runs by its schedule and after every export. */
    async expire(now: Date = deps.now()): Promise<number> {
      for (let count = 0; ; ) {
        const over = await postgres.asSystem((tx) => db.expiredExports(tx, now, SWEEP));
        for (const { id, file_key } of over) {
          if (file_key !== null) await files.delete(file_key);
          await postgres.asSystem((tx) => db.updateExport(tx, id, { status: 'expired', file_key: null }));
        }
        count += over.length;
        if (over.length < SWEEP) return count;
      }
    },

    /** The document itself, for other writers of the service and for tests. */
    document: (
      actor: Actor,
      projectId: string,
      options: { audience: ProjectDocument['audience']; files: boolean },
    ): Promise<ProjectDocument> => collectDocument(deps, sources, actor, projectId, options),

    ...makeProjectImport(deps),
    ...makeOrderFiles(deps, sources),
  };
  const run = makeExportRun(deps, live, sources);
  return {
    ...self,
    /** The job. */
    async make(job: ExportJob, jobRun: JobRun): Promise<void> {
      await run(job, jobRun);
      await self.expire();
    },
  };
}
