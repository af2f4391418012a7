// Known holes in what the product runs on: `npm audit` of the dependencies that are shipped, from high upwards. What is
// allowed for now stands in ALLOWED with its reason and a day on which it is looked at again. Where the registry cannot be
// asked, the check is skipped and says so: exit code 0, and a line that begins with "skipped".
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from './install.mjs';

const THRESHOLD = 'high';
const ORDER = ['info', 'low', 'moderate', 'high', 'critical'];

/** @type {{ advisory: string, reason: string, until: string }[]} advisory: the end of its address, "GHSA-…". */
export const ALLOWED = [];

/**
 * What a report of npm says against shipping: a line each. `today` as "2026-11-23".
 * @param {{ vulnerabilities?: Record<string, { via: (string | { name: string, title: string, url: string, severity: string })[] }> }} report
 * @param {typeof ALLOWED} allowed
 * @param {string} today
 */
export function objections(report, allowed, today) {
  const found = new Map();
  for (const one of Object.values(report.vulnerabilities ?? {}))
    for (const via of one.via)
      if (typeof via === 'object' && ORDER.indexOf(via.severity) >= ORDER.indexOf(THRESHOLD))
        found.set(via.url, via);
  const lines = [];
  for (const via of found.values()) {
    const leave = allowed.find(({ advisory }) => via.url.endsWith(`/${advisory}`));
    if (leave !== undefined && leave.until >= today) continue;
    lines.push(
      `${via.severity}: ${via.name}: ${via.title} (${via.url})${leave === undefined ? '' : `; was allowed until ${leave.until}: ${leave.reason}`}`,
    );
  }
  for (const { advisory } of allowed)
    if (![...found.keys()].some((url) => url.endsWith(`/${advisory}`)))
      lines.push(`${advisory} is allowed but no longer reported: take it out of scripts/audit.mjs.`);
  return lines;
}

/**
 * The report that npm printed, or why there is none.
 * @param {string} printed
 */
export function readReport(printed) {
  try {
    const report = JSON.parse(printed);
    return report.auditReportVersion === undefined ? { missing: report.message ?? 'no report' } : { report };
  } catch {
    return { missing: 'no answer that could be read' };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const done = spawnSync(
    'npm',
    ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 1 << 26,
    },
  );
  const { report, missing } = readReport(done.stdout ?? '');
  if (report === undefined) {
    console.log(`skipped: the registry could not be asked for known holes (${missing}).`);
  } else {
    const lines = objections(report, ALLOWED, new Date().toISOString().slice(0, 10));
    console.log(lines.length === 0 ? `no known hole from ${THRESHOLD} upwards` : lines.join('\n'));
    process.exitCode = lines.length === 0 ? 0 : 1;
  }
}
