// The reason kept with an item, cut to what its row does not say anyway; and what several items of a room rest on, once.
import type { RecommendationItem } from '../../../../contract/recommendations.ts';

type Reasoned = Pick<RecommendationItem, 'reasoning' | 'need'>;

const SENTENCE_END = /(?<=[.”)])\s+(?=[\p{Lu}\d(“])/u;
/** "60 × 30 × 46 in; cable management; $992 each; 10 days, in stock; GREENGUARD Gold": the measured facts. */
const FACTS = /^[\d.]+ × [\d.]+( × [\d.]+)? in; |\beach\b.*; \d+ days?\b/;
const GRADE = /\s*\((?:primary|secondary|tertiary)\)/g;

/** Without the count and the room, the need, the size, the lead time and the carbon: the row tells them. */
export function reasonOf(item: Reasoned): string {
  const needed = plain(sourceOf(item));
  return item.reasoning
    .replace(GRADE, '')
    .split(SENTENCE_END)
    .filter((sentence, at) => at > 0 || !/^\d+ × /.test(sentence))
    .filter((sentence) => needed === '' || plain(sentence.replace(/^The brief says /, '')) !== needed)
    .map((sentence) => (FACTS.test(sentence) ? factsOf(sentence) : sentence))
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function factsOf(sentence: string): string {
  const kept = sentence
    .replace(/\.$/, '')
    .split('; ')
    .map((clause) => clause.replace(/^\d+ days?(, |$)/, ''))
    .filter((clause) => clause !== '' && !/^[\d.]+ × [\d.]+.* in$| kg CO2e/.test(clause));
  const said = kept.join('; ');
  return said === '' ? '' : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

/** The sentence or rule that the need comes from. */
export function sourceOf(item: Pick<RecommendationItem, 'need'>): string {
  return item.need.source.replace(GRADE, '').trim();
}

/** What more than one line of a room rests on, with the lines: said above them instead of in each. */
export function sharedSources(
  items: readonly Pick<RecommendationItem, 'need'>[],
): { source: string; labels: string[] }[] {
  const bySource = Map.groupBy(items, sourceOf);
  return [...bySource].flatMap(([source, lines]) => {
    const labels = [...new Set(lines.map((item) => item.need.label))];
    return source === '' || labels.length < 2 ? [] : [{ source, labels }];
  });
}

const plain = (text: string) => text.replace(/[“”.!\s]+/g, ' ').trim();
