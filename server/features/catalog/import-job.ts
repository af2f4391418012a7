// The job of an import: reads the stored file to its end, tells how far it is, ends where a cancel was asked for, and keeps
// what was refused as CSV. Run again after an interruption it finds what is stored and changes nothing twice.
import { PassThrough } from 'node:stream';
import type { ImportFormat, ImportMapping } from '../../../contract/catalog.ts';
import type { Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { csvLine } from '../../../engine/catalog/import/csv.ts';
import { readCatalog } from '../../../engine/catalog/import/read.ts';
import type { Files } from '../../platform/files.ts';
import type { JobRun } from '../../platform/jobs.ts';
import type { Deps } from '../context.ts';
import { ImportRun } from './import.ts';
import type { PriceListTarget } from './price-writes.ts';
import * as db from './sql/imports.ts';
import * as prices from './sql/prices.ts';

/** How often the report is written while rows are stored. */
const TELL_EVERY_MS = 500;

/** Refused rows as a file that is begun with the first of them. */
class RejectedFile {
  private readonly files: Files;
  private readonly key: string;
  private header = 'row';
  private isCsv = false;
  private open: { stream: PassThrough; stored: Promise<unknown> } | undefined;

  constructor(files: Files, key: string) {
    this.files = files;
    this.key = key;
  }

  /** A CSV file's own columns follow line and reason, so that the rows can be mended and imported again. */
  useHeader(line: string): void {
    this.header = line;
    this.isCsv = true;
  }

  async add(line: number, reason: string, source: string): Promise<void> {
    if (this.open === undefined) {
      const stream = new PassThrough();
      const stored = this.files.put(this.key, stream, { content_type: 'text/csv; charset=utf-8' });
      stored.catch(() => undefined);
      this.open = { stream, stored };
      stream.write(`line,reason,${this.header}\r\n`);
    }
    const { stream } = this.open;
    const row = this.isCsv && !source.startsWith('{') ? source : csvLine([source]);
    if (!stream.write(`${csvLine([line, reason])},${row}\r\n`))
      await new Promise<void>((resolve) => stream.once('drain', resolve));
  }

  /** @returns the key of the file, or null where nothing was refused */
  async end(): Promise<string | null> {
    if (this.open === undefined) return null;
    this.open.stream.end();
    await this.open.stored;
    return this.key;
  }

  /** Nothing is stored. */
  drop(): void {
    this.open?.stream.destroy(new Error('the import was interrupted'));
  }
}

const utcDay = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export function makeImportJob(deps: Deps, embedder: () => Embedder) {
  const { postgres, files, log } = deps;

  async function targetOf(row: db.ImportRow): Promise<PriceListTarget | undefined> {
    const id = row.price_list_id;
    const list = id === null ? undefined : await postgres.asSystem((tx) => prices.findPriceList(tx, id));
    if (list === undefined) return undefined;
    const from = utcDay(list.effective_from);
    const to = list.effective_to === null ? null : utcDay(list.effective_to);
    const now = deps.now().getTime();
    return { id: list.id, from, to, in_force: from <= now && (to === null || now < to) };
  }

  /** Takes the import for this run; undefined where there is nothing to do. */
  async function take(id: string): Promise<db.ImportRow | undefined> {
    return await postgres.asSystem(async (tx) => {
      const row = await db.lockImport(tx, id);
      if (row === undefined || !['queued', 'running'].includes(row.status) || row.file_key === null)
        return undefined;
      await db.updateImport(tx, id, { status: 'running', bytes_read: 0, worked_seconds: 0 });
      return row;
    });
  }

  async function work(row: db.ImportRow, signal: AbortSignal): Promise<void> {
    const rejects = new RejectedFile(files, `catalog-imports/${row.id}/rejected.csv`);
    const target = await targetOf(row);
    const begun = performance.now();
    let bytes = 0;
    let told = 0;
    let unreadable: string | null = null;
    let warning: string | null = null;
    const progress = () => ({ bytes_read: bytes, worked_seconds: (performance.now() - begun) / 1000 });
    const run = new ImportRun(
      postgres,
      embedder(),
      { import_id: row.id, price_list: target },
      {
        onRejected: (line, reason, source) => rejects.add(line, reason, source),
        onBatch: async (now) => {
          signal.throwIfAborted();
          // Others are answered between two batches: the embedded store has one connection.
          await new Promise((resolve) => setImmediate(resolve));
          if (performance.now() - told < TELL_EVERY_MS) return false;
          told = performance.now();
          return await postgres.asSystem((tx) =>
            db.updateImport(tx, row.id, { ...now.counts(), ...progress() }),
          );
        },
      },
    );
    async function* counted(): AsyncIterable<Uint8Array> {
      for await (const chunk of await files.get(row.file_key ?? '')) {
        bytes += (chunk as Uint8Array).length;
        yield chunk as Uint8Array;
      }
    }
    try {
      const options = {
        mapping: row.mapping as ImportMapping,
        ...(row.format === null ? {} : { format: row.format as ImportFormat }),
        onHeader: (line: string) => rejects.useHeader(line),
      };
      for await (const read of readCatalog(counted(), options)) {
        if (read.fatal && run.read === 0) unreadable = read.error ?? 'the file could not be read';
        if (!(await run.take(read))) break;
      }
      if (!run.isStopped) await run.finish();
      warning = await run.settle();
    } catch (error) {
      rejects.drop();
      throw error;
    }
    if (warning !== null) log.error({ import_id: row.id, warning }, 'after a catalogue import');
    const rejected_key = await rejects.end();
    const status = run.isStopped ? 'cancelled' : unreadable === null ? 'completed' : 'failed';
    await postgres.asSystem(async (tx) => {
      await db.updateImport(tx, row.id, {
        ...run.counts(),
        ...progress(),
        rejected_key,
        status,
        error: unreadable,
        note: warning ?? noteOf(run, status, target),
        finished_at: deps.now(),
      });
      if (target?.in_force) await prices.markListsInForce(tx, deps.now());
    });
  }

  return async (id: string, jobRun: JobRun): Promise<void> => {
    const row = await take(id);
    if (row === undefined) return;
    try {
      await work(row, jobRun.signal);
    } catch (error) {
      if (jobRun.signal.aborted || !jobRun.is_last_attempt) throw error;
      log.error({ import_id: id, error: String(error) }, 'catalogue import failed');
      const sentence = 'It was interrupted; upload the file again: what is stored stays, the rest follows.';
      await postgres.asSystem((tx) =>
        db.updateImport(tx, id, { status: 'failed', error: sentence, finished_at: deps.now() }),
      );
    }
  };
}

function noteOf(run: ImportRun, status: string, target: PriceListTarget | undefined): string | null {
  if (status === 'cancelled') return `It was cancelled after ${run.read} rows; those stored before stay.`;
  if (run.read > 0 && run.created + run.updated === 0)
    return run.rejectedCount === run.read
      ? 'Nothing changed: every row was rejected.'
      : 'Nothing changed: every row that was taken is in the catalogue as it stands.';
  const sentences: string[] = [];
  if (run.variants > 0 || run.options > 0)
    sentences.push(
      `${counted(run.variants, 'variant')} and ${counted(run.options, 'option')} are new or changed.`,
    );
  if (target !== undefined && !target.in_force) {
    const day = new Date(target.from).toISOString().slice(0, 10);
    sentences.push(`Products keep today's prices; those of the list hold from ${day} on.`);
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
