// Installs the packages of the lock file where they are missing or another lock file's; runs on any Node from 20 on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The pinned Node that npm has put into node_modules. */
export const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** Whether node_modules already holds what the lock file asks for, by npm's own record of it: `npm install` was run by hand. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const [there, wanted] = [read(record), read(join(root, 'package-lock.json'))];
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version,
  );
}

export function install() {
  const stamp = join(root, 'node_modules', '.ofs-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && existsSync(node) && readFileSync(stamp, 'utf8') === wanted) return;
  if (existsSync(node) && isInstalled()) {
    writeFileSync(stamp, wanted);
    return;
  }
  process.stderr.write('Installing packages (once, a minute or two) …\n');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write('npm ci failed; see above. With a network to the npm registry, try again.\n');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
