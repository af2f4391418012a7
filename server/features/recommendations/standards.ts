// The kit table and the space standards as an organization sees them: built in, own, in force; one row changed at a time.

import type { z } from 'zod';
import type {
  KitRuleChange,
  KitRuleFigures,
  KitRuleRow,
  KitRuleUpdate,
  PlanningSettings,
  PlanningStandards,
  SpaceStandardRow,
} from '../../../contract/terms.ts';
import { DEFAULT_KIT_RULES, type KitRule } from '../../../engine/needs/kits.ts';
import { SPACE_STANDARDS } from '../../../engine/needs/standards.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { kitRulesOf } from './kit-rules.ts';

type Stored = NonNullable<PlanningSettings['kit_rules']>[number];
type Change = z.infer<typeof KitRuleChange>;

export function standardsOf(settings: PlanningSettings): PlanningStandards {
  const own = new Map(kitRulesOf(settings.kit_rules ?? []).map((rule) => [rule.id, rule]));
  const built = DEFAULT_KIT_RULES.map((rule) => rowOf(own.get(rule.id) ?? rule, rule, own.has(rule.id)));
  const known = new Set(DEFAULT_KIT_RULES.map((rule) => rule.id));
  const added = [...own.values()]
    .filter((rule) => !known.has(rule.id))
    .map((rule) => rowOf(rule, null, true));
  return { rules: [...built, ...added], space_standards: spaceRows(settings) };
}

function rowOf(rule: KitRule, builtIn: KitRule | null, own: boolean): KitRuleRow {
  return {
    id: rule.id,
    label: rule.label,
    kits: [...rule.kits],
    role: rule.role,
    basis: rule.basis,
    measure: rule.measure ?? 'each',
    built_in: builtIn === null ? null : figuresOf(builtIn),
    in_force: figuresOf(rule),
    own,
  };
}

function figuresOf(rule: KitRule): KitRuleFigures {
  return {
    enabled: rule.enabled !== false,
    per: rule.per,
    at_least: rule.at_least ?? null,
    at_most: rule.at_most ?? null,
    priority: rule.priority,
    source: rule.source,
  };
}

function spaceRows(settings: PlanningSettings): SpaceStandardRow[] {
  const types = Object.keys(SPACE_STANDARDS) as (keyof typeof SPACE_STANDARDS)[];
  return types.flatMap((space_type) => {
    const built = SPACE_STANDARDS[space_type];
    const own = settings.space_standards?.[space_type];
    const standard = own ?? built;
    if (standard === undefined) return [];
    return [{ space_type, ...standard, built_in: built ?? null, own: own !== undefined }];
  });
}

/** The stored rows with one row changed; a row that says nothing of its own is gone. */
export function withRule(stored: readonly Stored[], id: string, update: KitRuleUpdate): Stored[] {
  const before = stored.find((row) => row.id === id);
  const builtIn = DEFAULT_KIT_RULES.find((rule) => rule.id === id);
  if (before === undefined && builtIn === undefined) throw notFound('rule of the kit table');
  const next = changed(before ?? { id }, update);
  const least = figureOf(next, builtIn, 'at_least');
  const most = figureOf(next, builtIn, 'at_most');
  if (least !== undefined && most !== undefined && least > most) {
    const message = `"At least" (${least}) is above "at most" (${most}); lower the first or raise the second.`;
    throw new AppError('invalid_input', message, { fields: [{ path: 'at_least', message }] });
  }
  const says = Object.keys(next).some((key) => key !== 'id');
  const others = stored.filter((row) => row.id !== id);
  return says ? [...others, next] : others;
}

function changed(before: Stored, update: KitRuleUpdate): Stored {
  const next: Record<string, unknown> = { ...before };
  const whole = 'kits' in before;
  for (const [key, value] of Object.entries(update)) {
    if (value !== null) next[key] = value;
    // A row of the organization's own has nothing built in to go back to.
    else if (!whole || key === 'enabled' || key === 'at_least' || key === 'at_most') delete next[key];
  }
  return next as Change | Stored;
}

function figureOf(
  row: Stored,
  builtIn: KitRule | undefined,
  key: 'at_least' | 'at_most',
): number | undefined {
  return row[key] ?? builtIn?.[key];
}
