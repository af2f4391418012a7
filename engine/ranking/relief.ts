/** Limits as they hold once some of them are set wider for one recommendation; relief never narrows a limit. */
import type { LimitRelief } from '../../contract/choice.ts';
import { type Cents, fromNumber } from '../money.ts';
import type { ChoiceLimits } from './candidates.ts';

/** `furnitureFor` says how much furniture a whole total leaves room for. */
export function relieved(
  limits: ChoiceLimits,
  relief: LimitRelief | undefined,
  furnitureFor: (total: Cents) => Cents,
): ChoiceLimits {
  if (relief === undefined) return limits;
  const brands = limits.allowed_brands ?? [];
  const also = relief.also_brands;
  const dropped = new Set(relief.without_certifications ?? []);
  return {
    ...limits,
    max_total_cents: wider(
      limits.max_total_cents,
      relief.max_total === undefined ? undefined : furnitureFor(fromNumber(relief.max_total)),
    ),
    max_lead_time_days: wider(limits.max_lead_time_days, relief.max_lead_time_days),
    max_carbon_kg: wider(limits.max_carbon_kg, relief.max_carbon_kg),
    ...(also === undefined || brands.length === 0
      ? {}
      : { allowed_brands: also.length === 0 ? null : [...brands, ...also] }),
    ...(dropped.size === 0
      ? {}
      : {
          required_certifications: (limits.required_certifications ?? []).filter(
            (name) => !dropped.has(name),
          ),
        }),
    ...(relief.any_stock ? { in_stock_only: false } : {}),
  };
}

function wider(limit: number | null | undefined, relief: number | undefined): number | null {
  if (limit === null || limit === undefined) return null;
  return relief === undefined ? limit : Math.max(limit, relief);
}
