/**
 * From list to sell and cost: an organization's price rules, then the contract by the order's total at list price.
 * A rule beats the contract; among rules the one with the most exact word wins, the first of equals.
 */
import type { BuyTerms, ContractTerms, PriceRule } from '../../contract/terms.ts';
import { applyDiscount, type Cents, effectiveDiscountPct, fromNumber, sum, tierFor } from '../money.ts';

export interface PriceTerms {
  rules: readonly PriceRule[];
  contract: ContractTerms | null;
}

export const NO_TERMS: PriceTerms = { rules: [], contract: null };

/** What is read of a product; a catalogue row and a candidate both fit. */
export interface PricedProduct {
  sku: string;
  brand?: string | null | undefined;
  collection?: string | null | undefined;
  category: string;
  subcategory?: string | null | undefined;
  list_price_cents: Cents;
}

const SCOPES = ['sku', 'collection', 'subcategory', 'category', 'brand'] as const;
type Scope = { [key in (typeof SCOPES)[number]]?: string | undefined };

/** How exactly a rule names a product: higher is more exact, −1 is not at all. A rule without a word covers everything. */
function exactness(rule: Scope, product: PricedProduct): number {
  let score = 0;
  for (const [at, key] of SCOPES.entries()) {
    const wanted = rule[key];
    if (wanted === undefined) continue;
    if (wanted.toLowerCase() !== (product[key] ?? '').toLowerCase()) return -1;
    score += 2 ** (SCOPES.length - at);
  }
  return score;
}

function mostExact<T extends Scope>(rules: readonly T[], product: PricedProduct): T | null {
  let best: { rule: T; score: number } | null = null;
  for (const rule of rules) {
    const score = exactness(rule, product);
    if (score >= 0 && (best === null || score > best.score)) best = { rule, score };
  }
  return best?.rule ?? null;
}

/** The contract's discount at an order's total (cents at list); null when no contract is in force. */
export function contractDiscount(contract: ContractTerms | null, order_list_cents: Cents): string | null {
  if (contract === null) return null;
  if (contract.tiers === undefined) return contract.discount ?? null;
  const tiers = contract.tiers.map((tier) => ({
    up_to_list_cents: tier.up_to_list === null ? null : fromNumber(tier.up_to_list),
    discount: tier.discount,
  }));
  return tierFor(tiers, order_list_cents).discount;
}

/** The least of all discounts a contract may come to: with it no price turns out higher than was reckoned with. */
export function leastDiscount(contract: ContractTerms | null): string | null {
  if (contract === null) return null;
  const all = contract.tiers?.map((tier) => tier.discount) ?? [contract.discount ?? '0'];
  return all.reduce((least, chain) =>
    effectiveDiscountPct(chain) < effectiveDiscountPct(least) ? chain : least,
  );
}

export interface SellPrice {
  unit_cents: Cents;
  /** "50/10" of rule or contract; null at list price or for a net price. */
  discount: string | null;
  source: string;
}

/** The selling price of one piece with the contract at a given discount. */
export function sellPrice(
  product: PricedProduct,
  terms: PriceTerms,
  contract_discount: string | null,
): SellPrice {
  const list = product.list_price_cents;
  const rule = mostExact(terms.rules, product);
  if (rule?.net_price !== undefined)
    return { unit_cents: fromNumber(rule.net_price), discount: null, source: `${rule.name}: net price` };
  if (rule?.discount !== undefined)
    return { unit_cents: applyDiscount(list, rule.discount), discount: rule.discount, source: rule.name };
  const { contract } = terms;
  const covered =
    contract !== null &&
    contract_discount !== null &&
    (contract.brands === undefined ||
      contract.brands.length === 0 ||
      contract.brands.some((brand) => brand.toLowerCase() === (product.brand ?? '').toLowerCase()));
  if (covered)
    return {
      unit_cents: applyDiscount(list, contract_discount),
      discount: contract_discount,
      source: contract.name,
    };
  return { unit_cents: list, discount: null, source: 'list price' };
}

/** The contract's discount for an order of these lines. */
export function orderDiscount(
  lines: readonly { list_price_cents: Cents; quantity: number }[],
  contract: ContractTerms | null,
): { list_cents: Cents; discount: string | null } {
  const list_cents = sum(lines.map((line) => line.list_price_cents * line.quantity));
  return { list_cents, discount: contractDiscount(contract, list_cents) };
}

/** What one piece costs the organization: its own buy rule, else the maker's dealer price; null when nobody has said. */
export function costOf(
  product: PricedProduct,
  buy: BuyTerms,
  dealer_price_cents: Cents | null,
): { unit_cents: Cents; source: string } | null {
  const rule = mostExact(buy.rules, product);
  if (rule !== null)
    return { unit_cents: applyDiscount(product.list_price_cents, rule.buy_discount), source: rule.name };
  return dealer_price_cents === null ? null : { unit_cents: dealer_price_cents, source: 'dealer price' };
}

/** Whether a contract holds on a day (YYYY-MM-DD). */
export function inForce(contract: ContractTerms, day: string): boolean {
  return (
    (contract.effective_from === undefined || contract.effective_from <= day) &&
    (contract.effective_to === undefined || day <= contract.effective_to)
  );
}
