// `npm test`: installs what is missing, then every check and every test, and closes with one line of counts.
// `npm test -- unit integration` runs only those test projects and no checks.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { install, node, root } from './install.mjs';

install();
const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
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
  if (!passed) console.log(`${done.stdout}\n${done.stderr}`.trim());
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

const projects = wanted.length > 0 ? wanted : ['unit', 'integration', 'servers', 'browser'];
const folder = mkdtempSync(join(tmpdir(), 'ofs-test-'));
for (const project of projects) {
  const report = join(folder, `${project}.json`);
  const done = spawnSync(
    node,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] },
  );
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
    if (done.status !== 0 && numFailedTests === 0) counts.failed += 1;
  } catch {
    console.log(`✗ the ${project} tests did not report`);
    counts.failed += 1;
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
