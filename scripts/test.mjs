// `npm test`: installs what is missing, then every check and every test, and closes with one line of counts.
// `npm test -- unit integration` runs only those test projects and no checks.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { install, node, root } from './install.mjs';

install();
const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
/** What failed, a line each: said once more at the end, where it is found at once. */
const failures = [];
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
  NODE_NO_WARNINGS: '1',
};

function step(name, args) {
  const begun = Date.now();
  const done = spawnSync(node, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const passed = done.status === 0;
  const skipped = passed && done.stdout.startsWith('skipped');
  counts[!passed ? 'failed' : skipped ? 'skipped' : 'passed'] += 1;
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(
    `${!passed ? '✗' : skipped ? '-' : '✓'} ${name} (${seconds} s)${skipped ? ` ${done.stdout.trim()}` : ''}`,
  );
  if (passed) return;
  console.log(`${done.stdout}\n${done.stderr}`.trim());
  failures.push(name);
}

if (wanted.length === 0) {
  step('format and lint', [
    'node_modules/@biomejs/biome/bin/biome',
    'ci',
    '--error-on-warnings',
    '--max-diagnostics=50',
    '.',
  ]);
  step('import rules', ['scripts/check-imports.mjs']);
  step('types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
  step('types of the web app', ['node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json', '--noEmit']);
  step('generated types are those of the live schema', ['scripts/generate-types.ts', '--check']);
  step('known holes in dependencies', ['scripts/audit.mjs']);
}
buildWeb();

// Tests of servers and of the browser wait much of their time: they share the processors. The rest fills them alone.
const turns =
  wanted.length > 0 ? wanted.map((one) => [one]) : [['unit'], ['integration'], ['servers', 'browser']];
const folder = mkdtempSync(join(tmpdir(), 'ofs-test-'));
for (const turn of turns) await Promise.all(turn.map((project, index) => run(project, index > 0)));
rmSync(folder, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((one) => `✗ ${one}`).join('\n')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;

/** Runs one test project and counts its results; `held`: its output is printed when it has ended. */
async function run(project, held) {
  const report = join(folder, `${project}.json`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  const child = spawn(node, args, {
    cwd: root,
    env,
    stdio: ['ignore', held ? 'pipe' : 'inherit', held ? 'pipe' : 'inherit'],
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (held) process.stdout.write(Buffer.concat(printed));
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
    counts.skipped += numPendingTests + numTodoTests;
    // A file that could not even be loaded has no tests to count.
    counts.failed += testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
    if (status !== 0 && numFailedTests === 0) counts.failed += 1;
    failures.push(...testResults.flatMap((file) => failedIn(file).map((line) => `${project}: ${line}`)));
  } catch {
    failures.push(`the ${project} tests did not report`);
    counts.failed += 1;
  }
}

/** "file: test: first line of what it said" of all that failed in a file, or of the file that could not be loaded. */
function failedIn(file) {
  const name = file.name.replace(`${root}/`, '');
  const firstLine = (text) => `${text ?? ''}`.split('\n', 1)[0].slice(0, 300);
  if (file.status === 'failed' && file.assertionResults.length === 0)
    return [`${name}: ${firstLine(file.message)}`];
  return file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${name}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
}
