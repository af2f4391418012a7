// What the assistant answers when it works from the built-in parser: what was understood, and the next open question. Pure.
import type { Brief, Intent } from '../../../contract/brief.ts';
import { valueAt } from '../../../engine/brief/merge.ts';
import { currencyOf, inWords } from '../../../engine/conversation/fields.ts';

function understood(brief: Brief, changed: string[]): string {
  const currency = currencyOf(brief);
  const parts = changed
    .filter((path) => path !== 'budget.currency' || changed.length === 1)
    .map((path) => inWords(path, valueAt(brief, path), currency));
  return `Noted: ${parts.join('; ')}.`;
}

const EXAMPLES =
  '“40 desks and two phone booths, under $200k”, “Why this chair?” or “What if it were 10 % cheaper?”';

const WITHOUT_CHANGE: Record<Intent, string> = {
  greeting: 'Hello. Tell me what the space is for, how many people it seats and what it may cost.',
  request_recommendation: 'I can recommend furniture for the rooms now.',
  approve: 'You can approve the selected scenario now.',
  reject: 'Understood; tell me what does not fit, and I will look for something else.',
  compare_scenarios: 'The three scenarios stand side by side under Budget.',
  ask_question:
    'I can take down requirements here; questions about the project are answered by its pages: rooms under Spaces, reasons under Furniture, sums under Budget.',
  provide_requirements: `That stands in the brief already, or I did not find it; say, for example, ${EXAMPLES}.`,
  correct_requirement: 'I did not find which requirement to change; name it with its new value.',
  other: `I did not find a requirement in this; say, for example, ${EXAMPLES}.`,
};
const THANKED = /\b(?:thanks?|thank you|thx|cheers|much appreciated)\b/i;

export function composeReply(input: {
  intent: Intent;
  brief: Brief;
  changed: string[];
  questions: string[];
  /** What the person wrote. */
  content?: string;
  /** Furniture was recommended before this change of the brief. */
  furnished?: boolean;
}): string {
  const { intent, changed } = input;
  if (changed.length === 0 && intent === 'other' && THANKED.test(input.content ?? ''))
    return 'You are welcome.';
  const sentences = [changed.length > 0 ? understood(input.brief, changed) : WITHOUT_CHANGE[intent]];
  if (changed.length > 0 && ['request_recommendation', 'approve', 'compare_scenarios'].includes(intent)) {
    sentences.push(WITHOUT_CHANGE[intent]);
  } else if (changed.length > 0 && input.furnished === true)
    sentences.push('The furniture follows when you recommend again.');
  const [question] = input.questions;
  if (question !== undefined && intent !== 'approve') sentences.push(question);
  return sentences.join(' ');
}
