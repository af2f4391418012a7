/**
 * Why a product was chosen, as the reader of a proposal needs it. What the row or the brief's own page says anyway is left
 * out, the ranking is for the dealer, and where a proposal tells no single price the reasons tell none either.
 */
import type { DocumentItem } from '../../../contract/project-document.ts';
import type { Proposal } from './proposal.ts';

/** A sum in any currency, or a price set against others. */
const OF_MONEY =
  /\p{Sc}\s?\d|\b[A-Z]{3}[\s\u00a0]?\d|middle price|(over|under) the middle|(less|more) (on the line|over the \d+ rooms)/u;
const SENTENCE_END = /(?<=[.\u201d)])\s+(?=[\p{Lu}\d(\u201c])/u;
/** "60 × 30 × 46 in; cable management; $992 each; 10 days; GREENGUARD Gold" */
const FACTS = /^[\d.]+ \u00d7 [\d.]+ \u00d7 /;
/** "(practice of the trade (secondary))" */
const SOURCE = /\s*\([^()]*\((?:primary|secondary|tertiary)\)\)/g;

export function reasonFor(
  item: Pick<DocumentItem, 'reasoning'> & { need: { label: string } },
  { document, prices }: Pick<Proposal, 'document' | 'prices'>,
): string {
  const { reasoning } = item;
  const sentences =
    document.audience === 'client'
      ? reasoning.replace(SOURCE, '').split(SENTENCE_END).map(forClient)
      : reasoning.split(SENTENCE_END).map(forDealer);
  const told = prices === 'lines' ? sentences : sentences.map(withoutMoney);
  const text = told.filter((one) => one !== '').join(' ');
  const label = item.need.label.trim();
  const named = text.toLowerCase().startsWith(`${label.toLowerCase()}:`);
  return named || label === '' ? text : [label, text].filter((part) => part !== '').join(': ');
}

function forClient(sentence: string): string {
  if (/^Rank \d/.test(sentence)) return '';
  if (/^The brief says /.test(sentence)) return 'Asked for in the brief.';
  if (FACTS.test(sentence)) {
    const kept = clausesOf(sentence)
      .slice(1)
      .filter((one) => !OF_MONEY.test(one) && !/^\d+ days?\b/.test(one));
    return kept.length === 0 ? '' : `${kept.join('; ')}.`;
  }
  return /^\d+ \u00d7 /.test(sentence) ? '' : sentence;
}

/** Whole but for what the row says in its other columns: number, room, size and lead time. */
function forDealer(sentence: string): string {
  if (/^\d+ \u00d7 /.test(sentence)) return '';
  if (!FACTS.test(sentence)) return sentence;
  const kept = clausesOf(sentence)
    .slice(1)
    .map((one) => one.replace(/^\d+ days?(, |$)/, ''))
    .filter((one) => one !== '');
  return kept.length === 0 ? '' : `${kept.join('; ')}.`;
}

function withoutMoney(sentence: string): string {
  const told = clausesOf(sentence).filter((clause) => !OF_MONEY.test(clause));
  return told.length === 0 ? '' : `${told.join('; ')}.`;
}

const clausesOf = (sentence: string) => sentence.replace(/\.$/, '').split(/; /);
