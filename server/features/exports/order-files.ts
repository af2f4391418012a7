// Order files (SIF): read against a scenario's bill into a report of differences; taken over only when a person says so,
// as one change of the bill that can be taken back. For those who edit the project; every step is in the audit log.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import {
  APPLIED_KINDS,
  type ApplySifRequest,
  type SifImport,
  type SifImportQuery,
  SifReport,
} from '../../../contract/exports.ts';
import type { LeftOut } from '../../../contract/project-document.ts';
import { type Bill, billOf, scenarioOf } from '../../../engine/interchange/bill.ts';
import { planOf } from '../../../engine/interchange/sif/apply.ts';
import { compareWith } from '../../../engine/interchange/sif/differences.ts';
import { readSif } from '../../../engine/interchange/sif/read.ts';
import { InterchangeError } from '../../../engine/interchange/writer.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { requireProject } from '../projects/service.ts';
import { collectDocument, type Sources } from './collect.ts';
import { catalogueOf } from './sql/import.ts';
import * as db from './sql/order-files.ts';

export interface OrderUpload {
  file_name: string;
  stream: Readable & { truncated?: boolean };
}

export function makeOrderFiles(deps: Deps, sources: Sources) {
  const { postgres } = deps;

  async function billFor(actor: Actor, projectId: string, scenarioId: string | null): Promise<Bill> {
    const document = await collectDocument(deps, sources, actor, projectId, {
      audience: 'dealer',
      files: false,
    });
    const scenario = scenarioOf(document, scenarioId);
    if (scenario === undefined)
      throw scenarioId === null
        ? new AppError('conflict', 'This project has no bill yet; make a recommendation first.')
        : notFound('scenario of this project');
    return billOf(document, scenario);
  }

  async function fileWith(tx: Tx, id: string, lock = false): Promise<db.OrderFileRow> {
    const found = await db.findOrderFile(tx, id, lock);
    if (found === undefined) throw notFound('order file');
    await requireProject(tx, found.project_id, 'project:edit');
    return found;
  }

  return {
    async readOrder(
      actor: Actor,
      projectId: string,
      upload: OrderUpload,
      query: z.infer<typeof SifImportQuery>,
      origin: Origin | null,
    ): Promise<SifImport> {
      await postgres.withContext(actor, (tx) => requireProject(tx, projectId, 'project:edit'));
      const bill = await billFor(actor, projectId, query.scenario_id ?? null);
      const { report, size } = await reportOf(upload, bill, query.dialect);
      const row = await postgres.withContext(actor, async (tx) => {
        const made = await db.insertOrderFile(tx, {
          project_id: projectId,
          scenario_id: bill.scenario.id,
          file_name: upload.file_name.slice(0, 255),
          file_size_bytes: size,
          report: JSON.stringify(report),
          bill_fingerprint: fingerprintOf(bill),
          created_by: actor.user_id,
          created_at: deps.now(),
        });
        await audit(tx, { ...auditOf('order_file.read', made), actor_id: actor.user_id }, origin);
        return made;
      });
      return toOrderFile(row);
    },

    async orderFile(actor: Actor, id: string): Promise<SifImport> {
      return toOrderFile(await postgres.withContext(actor, (tx) => fileWith(tx, id)));
    },

    async orderFiles(actor: Actor, projectId: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:edit');
        return await db.listOrderFiles(tx, projectId, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      return { ...page, items: page.items.map(toOrderFile) };
    },

    /** Refused where the bill is no longer the one the report speaks of. */
    async applyOrderFile(
      actor: Actor,
      id: string,
      { kinds = [...APPLIED_KINDS], differences }: ApplySifRequest,
      origin: Origin | null,
    ): Promise<SifImport> {
      const found = await postgres.withContext(actor, (tx) => fileWith(tx, id));
      const bill = await billFor(actor, found.project_id, found.scenario_id);
      const left_out: LeftOut[] = [];
      let row = found;
      await sources.recommendations.applyOrder(
        actor,
        found.scenario_id,
        async (tx) => {
          const file = await fileWith(tx, id, true);
          await requireOpenBill(tx, file.project_id);
          const report = SifReport.parse(file.report);
          checkApplicable(file, report, bill);
          const chosen = chosenOf(report, differences);
          const plan = planOf(report.differences, bill, report.dialect, kinds, chosen);
          left_out.push(...plan.left_out);
          const added = await matched(tx, file, plan.added, bill, left_out);
          return { label: `Order file ${file.file_name}`, counts: plan.counts, removed: plan.removed, added };
        },
        async (tx, { change_id, changed, added, removed, left_out: told }) => {
          row = await db.updateOrderFile(tx, id, {
            status: 'applied',
            change_id,
            applied_at: deps.now(),
            outcome: JSON.stringify({ changed, added, removed, left_out: [...left_out, ...told] }),
          });
          await audit(tx, { ...auditOf('order_file.applied', row), actor_id: actor.user_id }, origin);
        },
      );
      return toOrderFile(row);
    },

    /** The lines as they were before; refused while a later change of the same rooms stands. */
    async undoOrderFile(actor: Actor, id: string, origin: Origin | null): Promise<SifImport> {
      const { found, recommendation_id } = await postgres.withContext(actor, async (tx) => {
        const file = await fileWith(tx, id);
        return { found: file, recommendation_id: await db.recommendationOf(tx, file.scenario_id) };
      });
      if (found.status === 'undone') return toOrderFile(found);
      if (found.status !== 'applied')
        throw new AppError('conflict', 'This order file was not taken over; there is nothing to take back.');
      let row = found;
      const mark = async (tx: Tx) => {
        await requireOpenBill(tx, found.project_id);
        row = await db.updateOrderFile(tx, id, { status: 'undone', undone_at: deps.now() });
        await audit(tx, { ...auditOf('order_file.undone', row), actor_id: actor.user_id }, origin);
      };
      if (found.change_id === null || recommendation_id === null) await postgres.withContext(actor, mark);
      else await sources.recommendations.undo(actor, recommendation_id, found.change_id, mark);
      return toOrderFile(row);
    },
  };
}

/** What was agreed is not changed by a file: whoever means to change it says so first. Waits for a decision under way. */
async function requireOpenBill(tx: Tx, projectId: string): Promise<void> {
  const { status } = await requireProject(tx, projectId, 'project:edit', { lock: true });
  if (status !== null && AGREED.includes(status))
    throw new AppError(
      'conflict',
      `This project is ${status}: its bill stays as it was agreed. Set the project back to in progress, then try again.`,
    );
}
const AGREED: readonly string[] = ['approved', 'completed', 'archived'];

/** In constant memory, whatever the length of the file. */
async function reportOf(
  { stream }: OrderUpload,
  bill: Bill,
  dialect: SifReport['dialect'],
): Promise<{ report: SifReport; size: number }> {
  const comparison = compareWith(bill, dialect);
  let size = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      yield chunk as Buffer;
      // Others get a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  try {
    const summary = await readSif(counted(), dialect, (line) => comparison.add(line));
    if (stream.truncated === true)
      throw new AppError('too_large', 'The file is larger than an upload may be; split the order.');
    return { report: { dialect, ...summary, ...comparison.finish() }, size };
  } catch (error) {
    if (error instanceof InterchangeError)
      throw new AppError('unreadable_file', error.message, { cause: error });
    throw error;
  }
}

function checkApplicable(file: db.OrderFileRow, report: SifReport, bill: Bill): void {
  if (file.status === 'applied') throw new AppError('conflict', 'This order file is taken over already.');
  if (report.cut)
    throw new AppError(
      'conflict',
      'This file differs in more places than can be taken over; check that it is the right one.',
    );
  const broken = report.problems.find((problem) => problem.severity === 'error');
  if (broken !== undefined)
    throw new AppError(
      'conflict',
      `Line ${broken.line} of the file could not be read (${broken.message}); mend the file and send it again.`,
    );
  if (file.bill_fingerprint !== fingerprintOf(bill))
    throw new AppError('conflict', 'The bill has changed since this file was read; send the file again.');
}

/** The differences asked for one by one, each of which the bill can follow. */
function chosenOf(report: SifReport, places: readonly number[] | undefined): Set<number> | undefined {
  if (places === undefined) return undefined;
  for (const place of places) {
    const found = report.differences[place];
    if (found === undefined)
      throw new AppError(
        'invalid_input',
        `There is no difference ${place}: this file has ${report.differences.length}, counted from 0.`,
      );
    if (found.kind === 'price' || found.kind === 'description')
      throw new AppError(
        'invalid_input',
        `Difference ${place} is about the ${found.kind} of ${found.part}, which is never taken from a file; leave it out.`,
      );
  }
  return new Set(places);
}

/** The parts to add as products of the catalogue in rooms of the project; what cannot be matched is told. */
async function matched(
  tx: Tx,
  file: db.OrderFileRow,
  added: ReturnType<typeof planOf>['added'],
  bill: Bill,
  left_out: LeftOut[],
) {
  const found = await catalogueOf(tx, [...new Set(added.map((one) => one.part))]);
  const products = new Map(found.products.map((one) => [one.sku, one.id]));
  const variants = new Map(found.variants.map((one) => [one.sku, one]));
  const here = new Set((await db.roomsOf(tx, file.project_id)).map(({ id }) => id));
  const rooms = Map.groupBy(
    [...bill.rooms].filter(([id]) => here.has(id)),
    ([, name]) => name,
  );
  return added.flatMap(({ part, side_mark, quantity, line }) => {
    const variant = variants.get(part);
    const product_id = variant?.product_id ?? products.get(part);
    const source = `${file.file_name}${line === null ? '' : `, line ${line}`}`;
    if (product_id === undefined) {
      left_out.push({
        what: `${quantity} × ${part} (${source})`,
        why: 'the catalogue has no such part number',
      });
      return [];
    }
    const named = side_mark === '' ? [] : (rooms.get(side_mark) ?? []);
    if (side_mark !== '' && named.length !== 1)
      left_out.push({
        what: `The side mark ${side_mark} of ${part} (${source})`,
        why: `${named.length === 0 ? 'no room is' : 'several rooms are'} called so: the line is in the bill, in no room`,
      });
    const space_id = named.length === 1 ? (named[0]?.[0] ?? null) : null;
    return [{ product_id, variant_id: variant?.id ?? null, space_id, quantity, source }];
  });
}

function fingerprintOf({ scenario, lines }: Bill): string {
  const said = lines.map(({ item }) => [
    item.id,
    item.sku,
    item.variant?.sku ?? null,
    item.quantity,
    item.unit_price,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([scenario.id, said]))
    .digest('hex');
}

function auditOf(action: string, row: db.OrderFileRow) {
  return { action, project_id: row.project_id, detail: { order_file_id: row.id, file_name: row.file_name } };
}

function toOrderFile({ bill_fingerprint: _print, change_id: _change, ...row }: db.OrderFileRow): SifImport {
  return {
    ...row,
    status: row.status as SifImport['status'],
    report: row.report as unknown as SifReport,
    outcome: row.outcome as unknown as SifImport['outcome'],
    created_at: iso(row.created_at),
    applied_at: isoOrNull(row.applied_at),
    undone_at: isoOrNull(row.undone_at),
  };
}
