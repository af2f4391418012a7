// `npm start`: installs what is missing, builds the web app if it is stale, then serves.
import { spawn } from 'node:child_process';
import { buildWeb } from './build-web.mjs';
import { install, node, root } from './install.mjs';

install();
buildWeb();
const server = spawn(node, ['--no-warnings', 'server/main.ts', 'serve', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
