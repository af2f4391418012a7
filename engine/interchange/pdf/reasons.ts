/**
 * Why a product was chosen, as the reader of a proposal needs it. What the row says anyway is left out, the ranking is for
 * the dealer, and where a proposal tells no single price the reasons tell none either.
 */
import type { DocumentItem } from '../../../contract/project-document.ts';
import type { Proposal } from './proposal.ts';

/** A sum in any currency, or a price set against others. */
const OF_MONEY =
  /\p{Sc}\s?\d|\b[A-Z]{3}[\s\u00a0]?\d|middle price|(over|under) the middle|less on the line|more on the line/u;

export function reasonFor(
  item: Pick<DocumentItem, 'reasoning'>,
  { document, prices }: Pick<Proposal, 'document' | 'prices'>,
): string {
  const sentences = item.reasoning.split(/(?<=[.\u201d)])\s+(?=[\p{Lu}\d\u201c])/u);
  const forClient = sentences.filter((one) => !/^\d+ \u00d7 /.test(one) && !/^Rank \d/.test(one));
  const kept = document.audience === 'client' ? forClient : sentences;
  if (prices === 'lines') return kept.join(' ');
  return kept
    .map((sentence) => {
      const clauses = sentence.replace(/\.$/, '').split(/; /);
      const told = clauses.filter((clause) => !OF_MONEY.test(clause));
      return told.length === 0 ? '' : `${told.join('; ')}.`;
    })
    .filter((sentence) => sentence !== '')
    .join(' ');
}
