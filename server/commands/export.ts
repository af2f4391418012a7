// `ofs export PROJECT_ID` and `ofs import FILE`: a project as a file and back, in the name of the project's owner.
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { CreateExportRequest, EXPORT_FORMATS, SIF_DIALECTS } from '../../contract/exports.ts';
import { AUDIENCES } from '../../contract/project-document.ts';
import { openApp } from '../app.ts';
import { checkParts } from '../features/exports/shapes.ts';
import type { Actor } from '../platform/http.ts';
import { type Command, UsageError } from './command.ts';
import { readInput } from './input.ts';

function actorFor(user_id: string): Actor {
  return { user_id, is_admin: false, by: { kind: 'token', token_id: 'command line', scopes: [] } };
}

const formats = EXPORT_FORMATS.join('|');

/** Options that are one word of a list. */
const CHOICES: Record<string, readonly string[]> = {
  format: EXPORT_FORMATS,
  audience: AUDIENCES,
  dialect: SIF_DIALECTS,
  paper: ['A4', 'Letter'],
  prices: ['lines', 'totals', 'none'],
  units: ['imperial', 'metric'],
};

export const exportCommand: Command = {
  name: 'export',
  usage: `export PROJECT_ID --format ${formats} --out FILE [--audience ${AUDIENCES.join('|')}] [--scenario ID] [--dialect ${SIF_DIALECTS.join('|')}] [--parts A,B] [--paper A4|Letter] [--prices lines|totals|none] [--units imperial|metric]`,
  summary: 'a project as a file; for the client unless --audience says otherwise',
  options: {
    format: 'string',
    out: 'string',
    audience: 'string',
    scenario: 'string',
    dialect: 'string',
    parts: 'string',
    paper: 'string',
    prices: 'string',
    units: 'string',
  },
  async run({ words, options, config, log, print }) {
    const [projectId, ...rest] = words;
    const { out } = options;
    if (projectId === undefined || rest.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    if (!z.uuid().safeParse(projectId).success)
      throw new UsageError(`${projectId} is not a project id; give the UUID from the project's address.`);
    if (typeof out !== 'string' || out === '')
      throw new UsageError('--out is missing; say which file to write.');
    const request = requestOf(options);
    checkParts(request);
    await checkPlace(resolve(out));
    const app = await openApp(config, log);
    try {
      await app.startWork({ work: true });
      const { projects, exports } = app.features;
      const actor = actorFor(await projects.ownerOf(projectId));
      const started = await exports.start(actor, projectId, request, null);
      const made = await exports.wait(actor, started.id);
      const file = await exports.file(actor, made.id, null);
      const bytes = await written(file.stream, resolve(out));
      print({ file: out, bytes, left_out: made.left_out }, () =>
        [
          `${out}: ${bytes.toLocaleString('en-US')} bytes`,
          ...made.left_out.map(({ what, why }) => `  left out: ${what} – ${why}`),
        ].join('\n'),
      );
    } finally {
      await app.close();
    }
  },
};

function requestOf(options: Record<string, string | boolean | undefined>): CreateExportRequest {
  if (typeof options['format'] !== 'string')
    throw new UsageError(`--format is missing; give one of ${EXPORT_FORMATS.join(', ')}.`);
  for (const [name, known] of Object.entries(CHOICES)) {
    const given = options[name];
    if (given !== undefined && !known.includes(String(given)))
      throw new UsageError(`--${name} ${String(given)} is not known; give one of ${known.join(', ')}.`);
  }
  const { scenario, parts, ...words } = options;
  if (scenario !== undefined && !z.uuid().safeParse(scenario).success)
    throw new UsageError(
      `--scenario ${String(scenario)} is not a scenario id; give its UUID, or leave it out for the selected one.`,
    );
  const request = CreateExportRequest.safeParse({
    ...words,
    scenario_id: scenario,
    parts: typeof parts === 'string' ? parts.split(',').map((part) => part.trim()) : undefined,
  });
  if (!request.success)
    throw new UsageError(`--parts ${String(parts)}: ${request.error.issues[0]?.message ?? 'not known'}.`);
  return request.data;
}

/** Told before the work, not after it. */
async function checkPlace(path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory() !== true)
    throw new UsageError(`There is no folder ${dirname(path)}; make it, or choose another for --out.`);
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true)
    throw new UsageError(`${path} is a folder; give the name of a file to write.`);
}

/** Whole or not at all: written beside the file and renamed. */
async function written(stream: NodeJS.ReadableStream, path: string): Promise<number> {
  const beside = `${path}.${process.pid}.part`;
  try {
    const to = createWriteStream(beside, { flags: 'wx' });
    await pipeline(stream, to);
    await rename(beside, path);
    return to.bytesWritten;
  } catch (error) {
    await rm(beside, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'ENOTDIR')
      throw new UsageError(
        `${path} cannot be written (${code}); choose a folder that exists and may be written.`,
      );
    throw error;
  }
}

export const importCommand: Command = {
  name: 'import',
  usage: 'import FILE --owner EMAIL [--organization ID] [--name NAME]',
  summary: 'takes in a project that was exported as JSON, for this person',
  options: { owner: 'string', organization: 'string', name: 'string' },
  async run({ words, options, config, log, print }) {
    const [file, ...rest] = words;
    const { owner, organization, name } = options;
    if (file === undefined || rest.length > 0 || typeof owner !== 'string')
      throw new UsageError(`Usage: ofs ${this.usage}`);
    if (organization !== undefined && !z.uuid().safeParse(organization).success)
      throw new UsageError(`--organization ${String(organization)} is not an id; give a UUID.`);
    const bytes = await readInput(file);
    const app = await openApp(config, log);
    try {
      const { exports } = app.features;
      const report = await exports.importProject(
        actorFor(await exports.userByEmail(owner)),
        { stream: Readable.from([bytes]) },
        {
          ...(typeof organization === 'string' ? { organization_id: organization } : {}),
          ...(typeof name === 'string' ? { name } : {}),
        },
        null,
      );
      print(report, () =>
        [
          `${report.name}: project ${report.project_id}, ${report.floors} floors, ${report.spaces} rooms, ${report.items} lines`,
          ...report.missing_products.map((one) => `  ! not in this catalogue: ${one.sku} ${one.name}`),
          ...report.left_out.map(({ what, why }) => `  left out: ${what} – ${why}`),
        ].join('\n'),
      );
    } finally {
      await app.close();
    }
  },
};
