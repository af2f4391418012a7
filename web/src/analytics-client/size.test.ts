// The client as browsers get it, bundled and minified by the tool that builds the web app: small, and speaking to no one else.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('./client.ts', import.meta.url));

it('is under 3 kB gzipped and names no other address', async () => {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry: ENTRY, formats: ['es'], fileName: 'client' } },
  })) as Rolldown.RolldownOutput[];
  const code = built
    .flatMap((each) => each.output)
    .map((chunk) => (chunk.type === 'chunk' ? chunk.code : ''))
    .join('');
  expect(code).toContain('sendBeacon');
  expect(gzipSync(code).length).toBeLessThan(3_000);
  expect(code).not.toMatch(/https?:\/\/|\bimport\b/);
});
