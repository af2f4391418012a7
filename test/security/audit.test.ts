// What the audit of dependencies makes of npm's reports: no network is asked here.
import { expect, it } from 'vitest';
import { objections, readReport } from '../../scripts/audit.mjs';

const advisory = (id: string, severity: string) => ({
  name: 'left-hand',
  title: 'Reads beyond the end',
  url: `https://github.com/advisories/${id}`,
  severity,
});
const report = (...via: (string | ReturnType<typeof advisory>)[]) => ({
  auditReportVersion: 2,
  vulnerabilities: { 'left-hand': { via }, other: { via: ['left-hand'] } },
});

it('objects to what is high or worse, once, and lets smaller things pass', () => {
  expect(objections(report(advisory('GHSA-1', 'moderate')), [], '2026-11-23')).toEqual([]);
  const found = objections(
    report(advisory('GHSA-1', 'high'), advisory('GHSA-2', 'critical')),
    [],
    '2026-11-23',
  );
  expect(found).toHaveLength(2);
  expect(found[0]).toMatch(/high: left-hand: Reads beyond the end .*GHSA-1/);
});

it('lets what is allowed pass until its day, and wants the list kept short', () => {
  const allowed = [{ advisory: 'GHSA-1', reason: 'the function is not called', until: '2026-12-01' }];
  const high = report(advisory('GHSA-1', 'high'));
  expect(objections(high, allowed, '2026-12-01')).toEqual([]);
  expect(objections(high, allowed, '2026-12-02')[0]).toMatch(/was allowed until 2026-12-01/);
  expect(objections(report(), allowed, '2026-11-23')[0]).toMatch(/no longer reported/);
});

it('tells a report from an error of the registry', () => {
  expect(readReport(JSON.stringify(report()))).toHaveProperty('report');
  expect(readReport('{"message":"405 Method Not Allowed"}')).toEqual({ missing: '405 Method Not Allowed' });
  expect(readReport('<html>')).toHaveProperty('missing');
});
