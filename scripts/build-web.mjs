// Builds the web app where it is missing or older than its sources; also by itself: node scripts/build-web.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node, root } from './install.mjs';

function hashFolder(hash, folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.name === 'dist' || entry.name === 'node_modules' || entry.name.endsWith('.test.ts')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) hashFolder(hash, path);
    else hash.update(path.slice(root.length)).update(readFileSync(path));
  }
}

export function buildWeb() {
  const stamp = join(root, 'web', 'dist', '.sources');
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  hashFolder(hash, join(root, 'web'));
  hashFolder(hash, join(root, 'contract'));
  hashFolder(hash, join(root, 'engine', 'drawing'));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('Building the web app …\n');
  const done = spawnSync(
    node,
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  );
  if (done.status !== 0) {
    process.stderr.write('The web app could not be built; see above.\n');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  buildWeb();
