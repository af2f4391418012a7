// "Swap the lounge for a breakroom", "change black to white", "switch from Knoll to Haworth": one thing given up for
// another. Rewritten as "drop A ; add B", which every reader of wishes understands.

import { COLOR_SHADES, COLORS } from './lexicon-taste.ts';

/** Things that are changed rather than given up: "change the delivery date to …". */
const CHANGED =
  /\b(?:date|dates|delivery|install\w*|budget|timeline|deadline|head ?count|count|number|figure|size|area|styles?|colou?rs?|palette|look|finish(?:es)?|materials?|scheme|brands?|it|that|this|them|everything|all|us|me)\b|\d/i;
const TRADED =
  /\b(?:swap(?:ping)?|replac(?:e|ing)|chang(?:e|ing)|switch(?:ing)?|trad(?:e|ing)|exchang(?:e|ing)|substitut(?:e|ing))(?: out)? (?:from )?((?:[\p{L}&'’-]+ ){0,4}?[\p{L}&'’-]+)(?: ?,)? (?:for|with|to|by|into) (?=\p{L})/giu;
const FROM_TO =
  /\b(?:the |our )?(?:styles?|colou?rs?|palette|look|finish(?:es)?|materials?|scheme|brands?)(?: [a-z]+)? from ([\p{L}&'’-]+(?: [\p{L}&'’-]+){0,2}) to (?=\p{L})/giu;

/** "Swap the café chairs for something cheaper": another product for the same need, which stands as it did. */
const SAME_NEED =
  /\b(?:swap|replace|change|switch|trade|exchange|substitute)(?: out)? (?:[\p{L}&'’-]+ ){0,6}?(?:chairs?|desks?|tables?|stools?|seats|seating|sofas?|benches|lockers?|cabinets?|furniture|lamps?|screens?|panels?|pedestals?|bookcases?|shelving)(?: ?,)? (?:for|with|to|by|into) (?=(?:(?:an?|the|some) )?(?:something|anything|others?|another|ones?|alternatives?|(?:less|more|lower) \p{L}+|better|nicer|different|cheap\p{L}*|green\p{L}+|fast\p{L}+|quick\p{L}+)(?!\p{L}))/giu;

/** "Make the grey beige". */
const RECOLOURED = new RegExp(
  `\\b(?:make|turn|paint) (?:the |that )?(${COLORS.join('|')})s? (?=(?:an? )?(?:${COLOR_SHADES} )?(?:${COLORS.join('|')})\\b)`,
  'gi',
);

/** The line, canonical or as written, with every trade of one thing for another rewritten. */
export function openSwaps(line: string): string {
  if (!/swap|replac|chang|switch|trad|exchang|substitut|\bfrom\b|\b(?:make|turn|paint)\b/i.test(line))
    return line;
  return line
    .replace(RECOLOURED, (_all, old: string) => `drop ${old} ; add `)
    .replace(FROM_TO, (_all, old: string) => `drop ${old} ; add `)
    .replace(SAME_NEED, '')
    .replace(TRADED, (all: string, old: string) => (CHANGED.test(old) ? all : `drop ${old} ; add `));
}
