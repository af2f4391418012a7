// "Why this chair?": the reason that was stored when it was chosen, its place among the others, and what they would change.
import type { AnswerLink } from '../../contract/conversations.ts';
import type { Answer, ItemFacts, ProjectFacts } from './facts.ts';
import { itemsNamed, kindSaid, listed, money, plural } from './words.ts';

const WHY =
  /\bwhy\b|\bwhat(?:'s| is| was| were) the (?:reason|thinking|logic|rationale)\w*\b|\bhow come\b|\breason(?:s|ing)? (?:for|behind)\b|\bjustify\b|\bexplain\b|\bwhat (?:made|makes|led) you\b|\bhow did you (?:choose|pick|select|decide|come)\b|\bwhat speaks for\b|\b(?:talk|walk|take) (?:me|us) through (?:the |your )?(?:choice|selection|pick|reason\w*|thinking)\b/i;

export function answerWhy(text: string, facts: ProjectFacts): Answer | null {
  if (!WHY.test(text)) return null;
  if (facts.items.length === 0)
    return {
      topic: 'why',
      text: 'Nothing is recommended yet, so there is nothing to give reasons for.',
      links: [{ label: 'Furniture', step: 'furniture' }],
      proposals: [],
    };
  const named = distinct(itemsNamed(text, facts));
  const kind = kindSaid(text);
  if (named.length === 0 && kind !== null)
    return {
      topic: 'why',
      text: `There is nothing of that kind (${kind}) in the scenario; ask for it, and it becomes a requirement.`,
      links: [{ label: 'Furniture', step: 'furniture' }],
      proposals: [],
    };
  if (named.length === 0) return null;
  const told = named.slice(0, 3);
  const more = named.length - told.length;
  return {
    topic: 'why',
    text: [
      ...told.map((item) => reasonOf(item, facts)),
      ...(more > 0 ? [`${plural(more, 'more product')} fit your question; name one or its room.`] : []),
    ].join('\n\n'),
    links: told.map(linkTo),
    proposals: [],
  };
}

/** One line a product: the dearest of its lines stands for the others. */
function distinct(items: readonly ItemFacts[]): ItemFacts[] {
  const best = new Map<string, ItemFacts>();
  for (const item of items) {
    const known = best.get(item.product_id);
    if (known === undefined || item.total_price > known.total_price) best.set(item.product_id, item);
  }
  return [...best.values()].sort((a, b) => b.total_price - a.total_price);
}

export function linkTo(item: ItemFacts): AnswerLink {
  return {
    label: item.space_name === null ? item.name : `${item.name}, ${item.space_name}`,
    step: 'furniture',
    item_id: item.id,
    ...(item.space_id === null ? {} : { space_id: item.space_id }),
  };
}

function reasonOf(item: ItemFacts, facts: ProjectFacts): string {
  const where = item.space_name === null ? '' : ` in ${item.space_name}`;
  const rank =
    item.rank !== null && item.candidates !== null
      ? ` It ranks ${item.rank} of ${item.candidates} that met the need and the limits.`
      : '';
  const others = item.alternatives.slice(0, 3).map((one) => {
    const price =
      one.price_diff === 0
        ? 'at the same price'
        : `${money(Math.abs(one.price_diff), facts.currency)} ${one.price_diff < 0 ? 'less' : 'more'}`;
    const time =
      one.lead_time_diff === null || one.lead_time_diff === 0
        ? ''
        : `, ${plural(Math.abs(one.lead_time_diff), 'day')} ${one.lead_time_diff < 0 ? 'sooner' : 'later'}`;
    return `${one.name} (${price}${time})`;
  });
  return [
    `${item.name}${where}, for ${item.need}: ${sentence(item.reasoning)}${rank}`,
    item.need_source === '' ? '' : `It is asked for by: ${sentence(item.need_source)}`,
    others.length > 0 ? `Instead there would be ${listed(others)}.` : '',
    item.locked ? 'It is locked.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?”"]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
