/** Rates of the lines that come on top of furniture, each with its source; scenario, project and organization lay theirs over. */
import type { RateInForce, RateTerms } from '../../contract/terms.ts';
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

export const DEFAULT_RATES: BudgetRates = {
  freight_pct: 4,
  installation_pct: 10,
  design_pct: 2,
  project_management_pct: 2,
  contingency_pct: 5,
  tax_pct: 0,
  tax_services: false,
};

type RateKey = Exclude<keyof BudgetRates, 'tax_services'>;
const RATES: readonly { key: RateKey; label: string; source: string }[] = [
  { key: 'freight_pct', label: 'Freight', source: 'practice of the trade, about 4 %, secondary source' },
  {
    key: 'installation_pct',
    label: 'Installation',
    source: 'practice of the trade, 8–15 %, secondary source',
  },
  { key: 'design_pct', label: 'Design', source: 'practice of the trade, about 2 %, secondary source' },
  {
    key: 'project_management_pct',
    label: 'Project management',
    source: 'practice of the trade, about 2 %, secondary source',
  },
  {
    key: 'contingency_pct',
    label: 'Contingency',
    source: 'practice of the trade, 5–8 % on complex jobs, secondary source',
  },
  { key: 'tax_pct', label: 'Sales tax', source: 'depends on the place: zero until you say' },
];

/** Whose rates, the weakest first: later layers win. */
export interface RateLayer {
  source: string;
  rates: RateTerms;
}

export function ratesFor(layers: readonly RateLayer[]): { rates: BudgetRates; in_force: RateInForce[] } {
  const rates: BudgetRates = { ...DEFAULT_RATES };
  const sources = new Map<string, string>();
  for (const layer of layers) {
    for (const { key } of RATES) {
      const own = layer.rates[key];
      if (own === undefined) continue;
      rates[key] = own;
      sources.set(key, layer.source);
    }
    if (layer.rates.tax_services !== undefined) rates.tax_services = layer.rates.tax_services;
  }
  return {
    rates,
    in_force: RATES.map(({ key, label, source }) => ({
      key,
      label,
      pct: rates[key],
      source: sources.get(key) ?? source,
    })),
  };
}
