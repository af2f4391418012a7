/** Rates of the lines that come on top of furniture, with their source; a dealer or organization hands in its own. */
import type { Percent } from '../money.ts';

export interface BudgetRates {
  /** Percent of furniture at sell price, for each line. */
  freight_pct: Percent;
  installation_pct: Percent;
  design_pct: Percent;
  project_management_pct: Percent;
  /** Percent of furniture, freight, installation, design and project management. */
  contingency_pct: Percent;
  /** Percent of furniture and freight: services are left untaxed unless `tax_services` is set. */
  tax_pct: Percent;
  tax_services: boolean;
}

/** Source: practice of the trade (secondary): installation 8–15 %, contingency 5–8 % on complex jobs; tax depends on the place and starts at zero. */
export const DEFAULT_RATES: BudgetRates = {
  freight_pct: 4,
  installation_pct: 10,
  design_pct: 2,
  project_management_pct: 2,
  contingency_pct: 5,
  tax_pct: 0,
  tax_services: false,
};
