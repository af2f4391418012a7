export interface Allowed {
  /** The end of the advisory's address, "GHSA-…". */
  advisory: string;
  reason: string;
  /** The last day on which it is allowed, "2026-12-01". */
  until: string;
}
export interface Report {
  vulnerabilities?: Record<
    string,
    { via: (string | { name: string; title: string; url: string; severity: string })[] }
  >;
}
export const ALLOWED: Allowed[];
export function objections(report: Report, allowed: readonly Allowed[], today: string): string[];
export function readReport(printed: string): { report?: Report; missing?: string };
