// Files in a local folder.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesBehaviour } from '../../test/servers/files-behaviour.ts';
import { type Files, openFiles } from './files.ts';

let folder: string;
let files: Files;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ofs-files-'));
  files = await openFiles({ mode: 'local', folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

filesBehaviour('files in a folder', () => files);

it('leaves no half-written files behind', async () => {
  expect(await readdir(join(folder, '.tmp'))).toEqual([]);
});
