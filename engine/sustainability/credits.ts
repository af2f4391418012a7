/**
 * Credit rules as versioned data and the arithmetic that reads them: numerator, denominator, threshold, and which
 * certificates are missing. An aid for collecting evidence, not an award; the certificate itself must say what is counted.
 */
import type { CreditResult } from '../../contract/sustainability.ts';
import { isEpd } from './carbon.ts';

/** What is read of a line. */
export interface CreditItem {
  product_id: string;
  sku: string;
  name: string;
  manufacturer: string;
  certifications: readonly string[];
  cost_cents: number;
}

interface CreditRuleHead {
  id: string;
  version: string;
  name: string;
  source: string;
  /** Points when passed by furniture alone. */
  points: number;
}

/** Weighted share of the furniture cost. The first class whose pattern matches any certificate counts, best first. */
export interface CostShareRule extends CreditRuleHead {
  kind: 'cost_share';
  threshold_pct: number;
  classes: readonly { label: string; pattern: RegExp; counts_pct: number }[];
  note: string;
}

/** A number of different products that hold a certificate, from a number of makers. */
export interface ProductCountRule extends CreditRuleHead {
  kind: 'product_count';
  certificate: string;
  holds: (certification: string) => boolean;
  products: number;
  manufacturers: number;
  note: string;
}

export type CreditRule = CostShareRule | ProductCountRule;

const V41 = 'LEED v4.1';

export const CREDIT_RULES: readonly CreditRule[] = [
  {
    kind: 'cost_share',
    id: 'leed_v4_1_low_emitting_furniture',
    version: '4.1',
    name: 'Low-emitting materials: furniture category',
    source: `${V41} EQ Low-Emitting Materials, furniture: ≥ 75 % of cost; ANSI/BIFMA e3 §7.6.1 counts 50 %, §7.6.2 100 %, §7.6.3 125 %`,
    points: 0,
    threshold_pct: 75,
    classes: [
      { label: 'BIFMA e3 7.6.3', pattern: /7\.6\.3/, counts_pct: 125 },
      {
        label: 'BIFMA e3 7.6.2',
        pattern: /7\.6\.2|greenguard\s+gold|scs\s+indoor\s+advantage\s+gold/i,
        counts_pct: 100,
      },
      {
        label: 'BIFMA e3 7.6.1',
        pattern: /7\.6\.1|greenguard(?!\s+gold)|scs\s+indoor\s+advantage(?!\s+gold)/i,
        counts_pct: 50,
      },
    ],
    note: 'Furniture alone never earns the credit: it is one of the product categories the credit counts. BIFMA LEVEL by itself is no proof of emissions; the certificate must name 7.6.1, 7.6.2 or 7.6.3.',
  },
  {
    kind: 'product_count',
    id: 'leed_v4_1_epd_option_1',
    version: '4.1',
    name: 'Environmental product declarations, option 1 (new buildings)',
    source: `${V41} MR EPD option 1: 20 products from 5 manufacturers`,
    points: 1,
    certificate: 'EPD',
    holds: isEpd,
    products: 20,
    manufacturers: 5,
    note: 'Other permanently installed products of the building may be counted too.',
  },
  {
    kind: 'product_count',
    id: 'leed_v4_1_epd_option_1_interiors',
    version: '4.1',
    name: 'Environmental product declarations, option 1 (interiors)',
    source: `${V41} ID+C MR EPD option 1: 10 products from 3 manufacturers`,
    points: 1,
    certificate: 'EPD',
    holds: isEpd,
    products: 10,
    manufacturers: 3,
    note: 'Other products of the fit-out may be counted too.',
  },
];

/** Which rules speak of a kind of project; everything else applies to both. */
export type ProjectType = 'interiors' | 'new_building';

export function rulesFor(project: ProjectType, rules: readonly CreditRule[] = CREDIT_RULES): CreditRule[] {
  const other = project === 'interiors' ? 'leed_v4_1_epd_option_1' : 'leed_v4_1_epd_option_1_interiors';
  return rules.filter((rule) => rule.id !== other);
}

export function creditFor(rule: CreditRule, items: readonly CreditItem[]): CreditResult {
  return rule.kind === 'cost_share' ? costShare(rule, items) : productCount(rule, items);
}

function costShare(rule: CostShareRule, items: readonly CreditItem[]): CreditResult {
  const total = items.reduce((a, item) => a + item.cost_cents, 0);
  const counted = items.reduce((a, item) => a + countedCents(rule, item), 0);
  const credited = Math.min(counted, total);
  const value = total > 0 ? (100 * credited) / total : 0;
  const met = total > 0 && credited * 100 >= rule.threshold_pct * total;
  return {
    rule_id: rule.id,
    rule_version: rule.version,
    name: rule.name,
    passed: met,
    points: met ? rule.points : 0,
    measures: [
      {
        label: 'Share of the furniture cost that counts',
        numerator: Math.round(credited) / 100,
        denominator: total / 100,
        value: Math.round(value * 100) / 100,
        threshold: rule.threshold_pct,
        unit: '% of cost',
        met,
      },
    ],
    missing_certificates: missing(items, (item) => {
      const own = classOf(rule, item);
      if (own && own.counts_pct >= 100) return null;
      return own
        ? `holds ${own.label}, which counts ${own.counts_pct} %; 7.6.2 would count in full`
        : 'no certificate naming BIFMA e3 7.6.1, 7.6.2 or 7.6.3';
    }),
    note: rule.note,
    source: rule.source,
  };
}

/** Cents of an item's cost that a rule counts, before the cap at the whole cost. */
export function countedCents(rule: CostShareRule, item: CreditItem): number {
  return (item.cost_cents * (classOf(rule, item)?.counts_pct ?? 0)) / 100;
}

function classOf(rule: CostShareRule, item: CreditItem): CostShareRule['classes'][number] | undefined {
  return rule.classes.find((row) => item.certifications.some((name) => row.pattern.test(name)));
}

function productCount(rule: ProductCountRule, items: readonly CreditItem[]): CreditResult {
  const holding = items.filter((item) => item.certifications.some(rule.holds));
  const products = new Set(holding.map((item) => item.product_id)).size;
  const makers = new Set(holding.map((item) => item.manufacturer.trim().toLowerCase()).filter(Boolean)).size;
  const all = new Set(items.map((item) => item.product_id)).size;
  const passed = products >= rule.products && makers >= rule.manufacturers;
  const measure = (label: string, value: number, threshold: number, denominator: number | null) => ({
    label,
    numerator: value,
    denominator,
    value,
    threshold,
    unit: 'count',
    met: value >= threshold,
  });
  return {
    rule_id: rule.id,
    rule_version: rule.version,
    name: rule.name,
    passed,
    points: passed ? rule.points : 0,
    measures: [
      measure(`Different products with ${rule.certificate}`, products, rule.products, all),
      measure('Their manufacturers', makers, rule.manufacturers, null),
    ],
    missing_certificates: missing(items, (item) =>
      item.certifications.some(rule.holds) ? null : rule.certificate,
    ),
    note: rule.note,
    source: rule.source,
  };
}

/** One row a product, the dearest first. */
function missing(
  items: readonly CreditItem[],
  needs: (item: CreditItem) => string | null,
): CreditResult['missing_certificates'] {
  const rows = new Map<string, { sku: string; name: string; needs: string; cost: number }>();
  for (const item of items) {
    const text = needs(item);
    if (text === null) continue;
    const row = rows.get(item.product_id);
    if (row) row.cost += item.cost_cents;
    else rows.set(item.product_id, { sku: item.sku, name: item.name, needs: text, cost: item.cost_cents });
  }
  return [...rows.values()]
    .sort((a, b) => b.cost - a.cost || (a.sku < b.sku ? -1 : 1))
    .map(({ sku, name, needs: what }) => ({ sku, name, needs: what }));
}
