// `npm run -s ofs -- COMMAND`: installs what is missing, then runs the command line.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { install, node, root } from './install.mjs';

install();
const done = spawnSync(node, ['--no-warnings', join(root, 'server/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
