// An organization's rows of the kit table: whole rows as they are, changes laid over the built-in row of the same id.
import type { PlanningSettings } from '../../../contract/terms.ts';
import { DEFAULT_KIT_RULES, type KitRule } from '../../../engine/needs/kits.ts';
import { AppError } from '../../platform/errors.ts';

type Stored = NonNullable<PlanningSettings['kit_rules']>[number];

const BUILT_IN = new Map(DEFAULT_KIT_RULES.map((rule) => [rule.id, rule]));

/** Rows that name nothing known are left out here; they are refused when they are saved. */
export function kitRulesOf(stored: readonly Stored[]): KitRule[] {
  return stored.flatMap((row): KitRule[] => {
    if ('kits' in row) return [row as KitRule];
    const base = BUILT_IN.get(row.id);
    return base === undefined ? [] : [{ ...base, source: 'your organization', ...row } as KitRule];
  });
}

/** Throws with what is wrong and what would be right. */
export function checkKitRules(stored: readonly Stored[]): void {
  const seen = new Set<string>();
  for (const [at, row] of stored.entries()) {
    const path = `kit_rules.${at}.id`;
    if (seen.has(row.id)) throw problem(path, `Rule "${row.id}" is given twice; keep one of them.`);
    seen.add(row.id);
    if (!('kits' in row) && !BUILT_IN.has(row.id)) {
      const near = [...BUILT_IN.keys()].filter((id) => id.split('.')[0] === row.id.split('.')[0]);
      const known = (near.length > 0 ? near : [...BUILT_IN.keys()]).slice(0, 12).join(', ');
      throw problem(
        path,
        `There is no built-in rule "${row.id}" to change. Known are for instance ${known}; a rule of your own needs kits, role, label, basis, per, priority, mount, source and what it selects.`,
      );
    }
  }
}

function problem(path: string, message: string): AppError {
  return new AppError('invalid_input', message, { fields: [{ path, message }] });
}
