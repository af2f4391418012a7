// The exporting job: collects the document with the person's own permissions, has it written in a worker thread that can
// be ended, and stores the file. Progress goes out on the live channel.
import type { CreateExportRequest, ExportJob } from '../../../contract/exports.ts';
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { hasCost } from '../../../engine/interchange/project/audience.ts';
import type { Written } from '../../../engine/interchange/writer.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobRun } from '../../platform/jobs.ts';
import { runTask, TaskError } from '../../platform/worker-task.ts';
import type { Deps } from '../context.ts';
import { happened } from '../happenings.ts';
import type { Live } from '../live.ts';
import { collectDocument, NO_COST, type Sources } from './collect.ts';
import type { WriteInput } from './export-task.ts';
import { FORMATS } from './formats.ts';
import * as db from './sql/exports.ts';

const TIME_LIMIT_MS = 120_000;
const MEMORY_LIMIT_MB = 1024;
const TELL_EVERY_MS = 250;
export const TASKS = new URL('./export-task.ts', import.meta.url).href;

export function makeExportRun(deps: Deps, live: Live, sources: Sources) {
  const { postgres, files } = deps;

  async function store(id: string, change: Record<string, unknown>): Promise<boolean> {
    return (await postgres.asSystem((tx) => db.updateExport(tx, id, change))) !== undefined;
  }

  function teller(job: ExportJob): (percent: number, note: string) => void {
    let last = 0;
    return (percent, note) => {
      const now = performance.now();
      if (now - last < TELL_EVERY_MS) return;
      last = now;
      void live.publish({
        type: 'export.progress',
        project_id: job.project_id,
        subject_id: job.export_id,
        progress_pct: Math.min(99, Math.round(percent)),
        note,
      });
    };
  }

  async function make(row: db.ExportRow, job: ExportJob, run: JobRun): Promise<void> {
    const format = row.format as CreateExportRequest['format'];
    const options = row.options as Partial<CreateExportRequest>;
    const { extension, content_type, needs_bill, parts: known, load: _load } = FORMATS[format];
    const parts = options.parts ?? known;
    const actor = jobActor(job.user_id);
    const tell = teller(job);
    tell(5, 'collecting the project');
    const document = await collectDocument(deps, sources, actor, job.project_id, {
      audience: row.audience as CreateExportRequest['audience'],
      files: format === 'json' && parts.includes('files'),
    });
    if (needs_bill && document.scenarios.length === 0)
      throw new AppError(
        'conflict',
        'This project has no bill yet; make a recommendation first, then export.',
      );
    if (row.scenario_id !== null && !document.scenarios.some((one) => one.id === row.scenario_id))
      throw new AppError(
        'conflict',
        'This scenario belongs to an earlier recommendation; choose one of the present scenarios.',
      );
    tell(25, `writing ${extension.toUpperCase()}`);
    const pictures =
      format === 'pdf' && parts.includes('views')
        ? await sources.renders.rendersForProposal(actor, job.project_id)
        : [];
    const input: WriteInput = {
      format,
      document,
      options: {
        scenario_id: row.scenario_id,
        parts,
        dialect: options.dialect ?? 'generic',
        paper: options.paper ?? document.organization?.branding.paper ?? 'Letter',
        prices: options.prices ?? 'lines',
        units: options.units ?? 'imperial',
        pictures: pictures.map(({ name, content_type, bytes }) => ({ name, content_type, bytes })),
      },
    };
    const written = await runTask<Written>({
      module: TASKS,
      export_name: 'write',
      input,
      timeout_ms: TIME_LIMIT_MS,
      memory_mb: MEMORY_LIMIT_MB,
      signal: run.signal,
      onProgress: (done, note) => tell(25 + done * 70, note),
      keep: true,
      label: `Writing ${extension.toUpperCase()}`,
    });
    const file_key = `exports/${row.id}/file`;
    const stored = await files.put(file_key, written.bytes, { content_type });
    const ready = {
      status: 'ready',
      progress_pct: 100,
      progress_note: null,
      error: null,
      file_key,
      file_name: fileName(document.project.name, row.audience, extension),
      content_type,
      file_size_bytes: stored.size,
      sha256: stored.sha256,
      left_out: JSON.stringify([...withheld(document, format, written), ...written.left_out]),
      has_cost: hasCost(document),
      finished_at: deps.now(),
    };
    const there = await postgres.asSystem(async (tx) => {
      if ((await db.updateExport(tx, row.id, ready)) === undefined) return false;
      await happened(tx, {
        type: 'export.ready',
        project_id: job.project_id,
        subject_id: row.id,
        actor_id: job.user_id,
        happened_at: ready.finished_at,
        data: { format, audience: row.audience, file_name: ready.file_name, sha256: stored.sha256 },
      });
      return true;
    });
    // Deleted while it was being written.
    if (!there) await files.delete(file_key);
  }

  return async (job: ExportJob, run: JobRun): Promise<void> => {
    const row = await postgres.asSystem((tx) =>
      db.updateExport(tx, job.export_id, {
        status: 'running',
        progress_pct: 5,
        progress_note: 'being written',
      }),
    );
    if (row === undefined) return;
    try {
      await make(row, job, run);
    } catch (error) {
      const reason = readableReason(error);
      if (reason === undefined && !run.is_last_attempt) throw error;
      await store(row.id, {
        status: 'failed',
        progress_note: null,
        error: reason ?? 'The export failed on our side; try again.',
        finished_at: deps.now(),
      });
      await tellEnd(job);
      if (reason === undefined) throw error;
      return;
    }
    await tellEnd(job);
  };

  async function tellEnd(job: ExportJob): Promise<void> {
    await live.publish({
      type: 'export.updated',
      project_id: job.project_id,
      subject_id: job.export_id,
      progress_pct: 100,
    });
  }
}

/** Formats that tell a dealer what the dealer pays. */
const WITH_COST: readonly string[] = ['pdf', 'xlsx', 'sif'];

/** Costs that were asked for and are not this person's to see; a document of the whole project says so itself. */
function withheld(document: ProjectDocument, format: string, { left_out }: Written): LeftOut[] {
  if (document.audience !== 'dealer' || !WITH_COST.includes(format)) return [];
  return document.left_out.filter(
    ({ what }) => what === NO_COST && !left_out.some((told) => told.what === what),
  );
}

/** A job acts as the person who caused it, with no rights beyond theirs. */
export function jobActor(user_id: string): Actor {
  return { user_id, is_admin: false, by: { kind: 'token', token_id: 'job', scopes: [] } };
}

/** The sentence of an error that what was asked for caused; undefined for faults of ours, which are tried again. */
export function readableReason(error: unknown): string | undefined {
  if (error instanceof TaskError && error.original_name === 'InterchangeError') return error.message;
  if (error instanceof TaskError && (error.code === 'timeout' || error.code === 'too_large'))
    return error.message;
  if (error instanceof AppError && error.type !== 'internal' && error.type !== 'unavailable')
    return error.message;
  return undefined;
}

/** The project's name as every file system takes it. */
function fileName(project: string, audience: string, extension: string): string {
  const plain = project
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._()-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '')
    .slice(0, 120);
  return `${plain === '' ? 'Project' : plain}${audience === 'dealer' ? ' (internal)' : ''}.${extension}`;
}
