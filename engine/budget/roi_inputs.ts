/**
 * The inputs of the return on investment: what each is, its unit, and a default only where a published figure stands
 * behind it. Everything else is unknown until somebody says it, and counts as no saving.
 */
import type { RoiInput } from '../../contract/budget.ts';

const YOURS = 'to be given by you';

/** Soft benefits start at zero: vendors' productivity claims are unproven. */
export const ROI_INPUTS: readonly RoiInput[] = [
  { key: 'headcount', label: 'People', unit: 'people', value: null, source: YOURS, kind: 'general' },
  {
    key: 'horizon_years',
    label: 'Years of use',
    unit: 'years',
    value: 10,
    source: 'furniture is used 10–15 years; IRS 7-year property for tax',
    kind: 'general',
  },
  {
    key: 'discount_rate_pct',
    label: 'Discount rate',
    unit: '% a year',
    value: 8,
    source: 'common corporate hurdle rate; replace with your own',
    kind: 'general',
  },
  { key: 'rent_per_sqft', label: 'Rent', unit: 'a year per sq ft', value: null, source: YOURS, kind: 'hard' },
  {
    key: 'area_before_sqft',
    label: 'Area used today',
    unit: 'sq ft',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'area_after_sqft',
    label: 'Area used afterwards',
    unit: 'sq ft',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'energy_per_sqft',
    label: 'Energy',
    unit: 'a year per sq ft',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'churn_pct',
    label: 'People moved in a year',
    unit: '% of headcount',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'move_cost_before',
    label: 'Cost of a move today',
    unit: 'each',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'move_cost_after',
    label: 'Cost of a move afterwards',
    unit: 'each',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'repair_before',
    label: 'Repair and replacement today',
    unit: 'a year',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'repair_after',
    label: 'Repair and replacement afterwards',
    unit: 'a year',
    value: null,
    source: YOURS,
    kind: 'hard',
  },
  {
    key: 'resale_value',
    label: 'Resale or reuse of what is there',
    unit: 'once',
    value: 0,
    source: 'zero until you say',
    kind: 'hard',
  },
  {
    key: 'loaded_salary',
    label: 'Loaded salary',
    unit: 'a year per person',
    value: null,
    source: YOURS,
    kind: 'soft',
  },
  {
    key: 'productivity_pct',
    label: 'Productivity gained',
    unit: '% of salary',
    value: 0,
    source: 'zero: vendors’ productivity claims are unproven; switch on with your own evidence',
    kind: 'soft',
  },
  {
    key: 'absence_days_saved',
    label: 'Days of absence saved',
    unit: 'days a year per person',
    value: 0,
    source: 'zero until you have your own evidence',
    kind: 'soft',
  },
];

/** Working days a year that a day of absence is priced with. */
export const WORKING_DAYS = 230;
