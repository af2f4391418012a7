// Imports as jobs: the file is stored and previewed, its columns are confirmed, a job stores its rows and tells how far it
// is; refused rows are kept as a file of their own. The same file is known again by its SHA-256.
import { randomUUID } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import type { ImportFormat, ImportMapping } from '../../../contract/catalog.ts';
import {
  type CatalogImport,
  type CatalogImportWithPreview,
  type ImportPreview,
  RunCatalogImportJob,
  type StartImportRequest,
} from '../../../contract/catalog-imports.ts';
import type { PageQuery } from '../../../contract/common.ts';
import { loadEmbedder } from '../../../engine/catalog/embedding/load.ts';
import { missingColumnsMessage } from '../../../engine/catalog/import/columns.ts';
import { previewCatalog } from '../../../engine/catalog/import/preview.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { makeImportJob } from './import-job.ts';
import * as db from './sql/imports.ts';
import * as prices from './sql/prices.ts';

export const RunCatalogImport: JobKind<RunCatalogImportJob> = {
  name: 'run_catalog_import',
  payload: RunCatalogImportJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 7200,
};

/** A file whose import was never started is deleted after so many days. */
const FORGOTTEN_DAYS = 7;
const DAY_MS = 86_400_000;

export interface UploadedCatalog {
  readonly file_name: string | null;
  readonly stream: Readable;
  /** Whether the upload was cut off, once the stream has ended. */
  readonly truncated: () => boolean;
}

export type CatalogImports = ReturnType<typeof makeCatalogImports>;

export function makeCatalogImports(deps: Deps) {
  const { postgres, files, jobs } = deps;

  function previewOf(
    row: Pick<db.ImportRow, 'file_key' | 'file_name'>,
    mapping?: ImportMapping,
  ): Promise<ImportPreview> {
    return previewCatalog(() => files.get(row.file_key ?? ''), {
      mapping,
      format: formatByName(row.file_name),
    });
  }

  async function importFor(tx: Tx, id: string, lock = false): Promise<db.ImportRow> {
    const row = await (lock ? db.lockImport(tx, id) : db.findImport(tx, id));
    if (row === undefined) throw notFound('import');
    return row;
  }

  async function shown(id: string): Promise<CatalogImportWithPreview> {
    const { row, same } = await postgres.asSystem(async (tx) => {
      const found = await importFor(tx, id);
      return {
        row: found,
        same: found.sha256 === null ? undefined : await db.sameFile(tx, found.sha256, id),
      };
    });
    const waiting = row.status === 'mapping' && row.file_key !== null;
    return { ...toImport(row, same), preview: waiting ? await previewOf(row) : null };
  }

  const self = {
    /** Stores the file and says what it would become; nothing of the catalogue changes. */
    async upload(actor: Actor, file: UploadedCatalog, origin: Origin): Promise<CatalogImportWithPreview> {
      const id = randomUUID();
      const file_key = `catalog-imports/${id}/source`;
      const file_name = file.file_name?.slice(0, 255) ?? null;
      const { size, sha256 } = await files.put(file_key, file.stream, {
        content_type: 'application/octet-stream',
      });
      try {
        if (file.truncated())
          throw new AppError(
            'too_large',
            `${file_name ?? 'The file'} is larger than an upload may be; split it, or use the command line.`,
          );
        const preview = await previewOf({ file_key, file_name });
        if (preview.problem !== null)
          throw new AppError('unreadable_file', `${file_name ?? 'The file'}: ${preview.problem}.`);
        await postgres.asSystem(async (tx) => {
          const { format, mapping } = preview;
          const started_by = actor.user_id;
          await db.insertImport(tx, {
            id,
            file_name,
            file_key,
            file_size_bytes: size,
            sha256,
            format,
            mapping,
            started_by,
            status: 'mapping',
          });
          const detail = { import_id: id, file_name, sha256 };
          await audit(tx, { action: 'catalog.import_uploaded', actor_id: started_by, detail }, origin);
        });
      } catch (error) {
        await files.delete(file_key);
        throw error;
      }
      return await shown(id);
    },

    get: shown,

    async list(page: PageQuery): Promise<{ items: CatalogImport[]; next_cursor: string | null }> {
      const after = readCursor(page.cursor, TimeAndId);
      const rows = await postgres.asSystem((tx) => db.listImports(tx, page.limit, after));
      const { items, next_cursor } = pageFrom(rows, page.limit, (row) => [iso(row.started_at), row.id]);
      return { items: items.map((row) => toImport(row, undefined)), next_cursor };
    },

    /** The same file with other columns. */
    async preview(id: string, mapping: ImportMapping): Promise<ImportPreview> {
      const row = await postgres.asSystem((tx) => importFor(tx, id));
      requireMapping(row);
      return await previewOf(row, mapping);
    },

    async start(
      actor: Actor,
      id: string,
      request: StartImportRequest,
      origin: Origin,
    ): Promise<CatalogImportWithPreview> {
      const before = await postgres.asSystem((tx) => importFor(tx, id));
      requireMapping(before);
      const mapping = request.mapping ?? (before.mapping as ImportMapping);
      const preview = await previewOf(before, mapping);
      const fault =
        preview.problem ??
        (preview.missing.length > 0
          ? missingColumnsMessage(
              preview.missing,
              preview.columns.map(({ header }) => header),
            )
          : null);
      if (fault !== null) throw new AppError('invalid_input', `${before.file_name ?? 'The file'}: ${fault}.`);
      await postgres.asSystem(async (tx) => {
        requireMapping(await importFor(tx, id, true));
        const list = request.price_list;
        const price_list_id =
          list === undefined
            ? null
            : await prices.insertPriceList(tx, {
                name: list.name,
                effective_from: list.effective_from,
                effective_to: list.effective_to ?? null,
                created_by: actor.user_id,
              });
        await db.updateImport(tx, id, { status: 'queued', mapping, price_list_id });
        await jobs.enqueue(tx, RunCatalogImport, { import_id: id });
        const detail = { import_id: id, ...(list === undefined ? {} : { price_list: list }) };
        await audit(tx, { action: 'catalog.import_started', actor_id: actor.user_id, detail }, origin);
      });
      return await shown(id);
    },

    /** Before it runs it ends at once; while it runs, after the rows at hand, which stay. */
    async cancel(actor: Actor, id: string, origin: Origin): Promise<CatalogImportWithPreview> {
      const file_key = await postgres.asSystem(async (tx) => {
        const row = await importFor(tx, id, true);
        if (!['mapping', 'queued', 'running'].includes(row.status))
          throw new AppError('conflict', `This import is ${row.status} already; there is nothing to cancel.`);
        const waits = row.status !== 'running';
        await db.updateImport(tx, id, {
          cancel_requested: true,
          ...(waits
            ? {
                status: 'cancelled',
                finished_at: deps.now(),
                file_key: null,
                note: 'It was cancelled before a row was stored.',
              }
            : {}),
        });
        await audit(
          tx,
          { action: 'catalog.import_cancelled', actor_id: actor.user_id, detail: { import_id: id } },
          origin,
        );
        return waits ? row.file_key : null;
      });
      if (file_key !== null) await files.delete(file_key);
      return await shown(id);
    },

    /** Every refused row as CSV: its line, the reason, and the row as the file has it. */
    async rejected(id: string): Promise<{ file_name: string; stream: Readable }> {
      const row = await postgres.asSystem((tx) => importFor(tx, id));
      const file_name = `${(row.file_name ?? 'import').replace(/\.[^.]*$/, '')}-rejected.csv`;
      if (row.rejected_key !== null) return { file_name, stream: await files.get(row.rejected_key) };
      if (['mapping', 'queued', 'running'].includes(row.status))
        throw new AppError(
          'conflict',
          'This import has not ended yet; wait for it, then load its rejected rows.',
        );
      // An import that kept no file of them (the command line, or none were refused): what its report has.
      const stream = new PassThrough();
      const lines = (row.rejected as { line: number; reason: string }[]).map(
        ({ line, reason }) => `${line},"${reason.replaceAll('"', '""')}"\r\n`,
      );
      stream.end(`line,reason\r\n${lines.join('')}`);
      return { file_name, stream };
    },

    /** Deletes files whose import was never started. */
    async forget(): Promise<void> {
      const before = new Date(deps.now().getTime() - FORGOTTEN_DAYS * DAY_MS);
      const rows = await postgres.asSystem((tx) => db.forgottenImports(tx, before, 100));
      for (const { id, file_key } of rows) {
        if (file_key !== null) await files.delete(file_key);
        const note = `It was not started within ${FORGOTTEN_DAYS} days; its file was deleted.`;
        await postgres.asSystem((tx) =>
          db.updateImport(tx, id, { status: 'cancelled', file_key: null, note, finished_at: deps.now() }),
        );
      }
    },
  };

  const run = makeImportJob(deps, loadEmbedder);
  return {
    ...self,
    /** The job. */
    run: (job: RunCatalogImportJob, jobRun: JobRun): Promise<void> => run(job.import_id, jobRun),
  };
}

/** A file named as JSON Lines is read as that, whatever its first lines hold; the others tell by their content. */
export function formatByName(file_name: string | null): ImportFormat | undefined {
  return /\.(jsonl|ndjson)$/i.test(file_name ?? '') ? 'jsonl' : undefined;
}

function requireMapping(row: db.ImportRow): void {
  if (row.status !== 'mapping')
    throw new AppError(
      'conflict',
      `This import is ${row.status} already; upload the file again to begin anew.`,
    );
}

function toImport(row: db.ImportRow, same: Awaited<ReturnType<typeof db.sameFile>>): CatalogImport {
  const { file_size_bytes: size, bytes_read, worked_seconds } = row;
  const share = size === null || size === 0 ? 0 : Math.floor((100 * bytes_read) / size);
  return {
    id: row.id,
    file_name: row.file_name,
    file_size_bytes: size,
    sha256: row.sha256,
    format: row.format as ImportFormat | null,
    status: row.status as CatalogImport['status'],
    mapping: row.mapping as ImportMapping,
    price_list_id: row.price_list_id,
    read: row.read,
    created: row.created,
    updated: row.updated,
    unchanged: Math.max(0, row.unchanged),
    rejected_count: row.rejected_count,
    rejected: row.rejected as { line: number; reason: string }[],
    progress_pct: row.status === 'completed' ? 100 : Math.min(99, share),
    rows_per_second: worked_seconds > 0 && row.read > 0 ? Math.round(row.read / worked_seconds) : null,
    note: row.note,
    error: row.error,
    same_file: same === undefined ? null : { ...same, finished_at: isoOrNull(same.finished_at) },
    started_at: iso(row.started_at),
    finished_at: isoOrNull(row.finished_at),
  };
}
