// Turns one sentence into the canonical line the readers work on: lower case, contractions opened, fillers and
// approximators gone, typos mended, numbers as digits, money signs as ISO codes, units as "sqft"/"sqm", and a
// number that the writer took back in the same breath ("20, I mean 22") removed.
import { ABBREVIATIONS, CONTRACTIONS, CURRENCY_CODES, CURRENCY_WORDS } from './lexicon-forms.ts';
import { carryScales, foldNumbers } from './numbers.ts';
import { pattern } from './patterns.ts';
import { mend } from './spell.ts';

const TOKEN =
  /[-=]>|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.20\d{2}|\d{1,2}\/\d{1,2}(?:\/\d{2,4})?(?![\d/])|(?:US|CA|C|AU|A|NZ|HK|SG)\$|[$€£¥₹]|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+(?:\.\d+)?|[\p{L}]+(?:['’]\p{L}+)*|\+\/-|[²#%&+~=@]|[^\s]/gu;

const SIGNS: Readonly<Record<string, string>> = {
  $: 'usd',
  us$: 'usd',
  ca$: 'cad',
  c$: 'cad',
  au$: 'aud',
  a$: 'aud',
  nz$: 'nzd',
  hk$: 'hkd',
  sg$: 'sgd',
  '€': 'eur',
  '£': 'gbp',
  '¥': 'jpy',
  '₹': 'inr',
  '&': 'and',
  '+/-': 'plus or minus',
  '±': 'plus or minus',
  '=': ':',
  '<': 'under',
  '≤': 'at most',
  '≥': 'at least',
  '→': 'to',
  '->': 'to',
  '=>': 'to',
  '@': 'at',
};
const FILLERS = new Set([
  'um',
  'umm',
  'uh',
  'uhm',
  'uhh',
  'er',
  'erm',
  'hmm',
  'hm',
  'mm',
  'ah',
  'eh',
  'basically',
  'literally',
  'ok',
  'okay',
]);

interface Piece {
  text: string;
  glued: boolean;
}

function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let end = -1;
  for (const match of text.matchAll(TOKEN)) {
    out.push({ text: match[0], glued: match.index === end });
    end = match.index + match[0].length;
  }
  return out;
}

function plainNumber(text: string): string {
  return /^\d{1,3}(?:\.\d{3})+$/.test(text) ? text.replaceAll('.', '') : text.replaceAll(',', '');
}

const LENGTH_WORD =
  /^(?:heights?|ceilings?|widths?|depths?|lengths?|high|wide|long|deep|tall|distance|clearance|corridors?|walls?|windows?|facade|span|column|columns|grid|measures?|dimensions?)$/;

/** "20m": metres when measured against another length, a million otherwise. */
function readM(list: readonly Piece[], i: number): string {
  const next = (list[i + 1]?.text ?? '').toLowerCase();
  if (/^(?:2|²|x|by|wide|long|high|deep|square)$/.test(next) || /^(?:x|by)$/i.test(list[i - 2]?.text ?? ''))
    return 'm';
  const before = list.slice(Math.max(0, i - 8), i).map((piece) => piece.text.toLowerCase());
  return before.some((word) => LENGTH_WORD.test(word)) && !before.some((word) => Object.hasOwn(SIGNS, word))
    ? 'm'
    : 'million';
}

/** "60' x 120'": a prime after a number that is measured against another. */
function isFeet(list: readonly Piece[], i: number): boolean {
  const times = /^(?:x|by|×)$/i;
  return times.test(list[i + 1]?.text ?? '') || times.test(list[i - 2]?.text ?? '');
}

function pushWord(out: string[], raw: string): void {
  const lower = raw.toLowerCase().replaceAll('’', "'");
  const word = mend(lower);
  const opened = CONTRACTIONS.get(word);
  if (opened !== undefined) out.push(...opened.split(' '));
  else if (word.endsWith("n't")) out.push(word.slice(0, -3), 'not');
  else if (word.endsWith("'ll")) out.push(word.slice(0, -3), 'will');
  else if (word.endsWith("'re")) out.push(word.slice(0, -3), 'are');
  else if (word.endsWith("'ve")) out.push(word.slice(0, -3), 'have');
  else if (word.endsWith("'d")) out.push(word.slice(0, -2), 'would');
  else if (word.endsWith("'s")) out.push(word.slice(0, -2));
  else if (!FILLERS.has(word)) out.push(word);
}

/** Lower-case tokens of a stretch of text, numbers still as written. */
function tokenise(text: string): string[] {
  const list = pieces(text);
  const out: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const piece = list[i];
    if (!piece) continue;
    const { text: raw } = piece;
    const lower = raw.toLowerCase();
    const previous = list[i - 1]?.text ?? '';
    const next = list[i + 1];
    if (/^\d/.test(raw)) {
      const suffix = next?.glued ? next.text.toLowerCase() : '';
      if (/^(?:st|nd|rd|th)$/.test(suffix)) {
        out.push(`${raw}${suffix}`);
        i++;
      } else if (/^\d{1,2}\.\d{1,2}\.20/.test(raw))
        out.push(
          raw
            .split('.')
            .reverse()
            .map((part) => part.padStart(2, '0'))
            .join('-'),
        );
      else out.push(/[-/]/.test(raw) ? raw : plainNumber(raw));
    } else if (lower === 'm' && /^\d/.test(previous)) out.push(readM(list, i));
    else if (Object.hasOwn(SIGNS, lower)) out.push(...(SIGNS[lower] ?? '').split(' '));
    else if (/^[-–—‐‑]$/.test(raw)) {
      const inside = piece.glued && next?.glued === true;
      const numeric = /\d$|^[kKmM]$/.test(previous) && /^[\d$€£]/.test(next?.text ?? '');
      if (numeric) out.push('to');
      else if (!inside || raw === '—' || /^[$€£]$/.test(next?.text ?? '')) out.push('-');
    } else if (raw === '/' && piece.glued && next?.glued === true) {
      if (/^w$/i.test(previous) && !/^o$/i.test(next.text)) out[out.length - 1] = 'with';
      else if (/^w$/i.test(previous)) {
        out[out.length - 1] = 'without';
        i++;
      } else if (!/^(?:sit|a)$/i.test(previous)) out.push('/');
    } else if (raw === '/' && /^w$/i.test(previous)) out[out.length - 1] = 'with';
    else if (raw === '+') out.push('plus');
    else if (/^['’′]$/.test(raw) && piece.glued && /^\d/.test(previous) && isFeet(list, i)) out.push('ft');
    else if (/^["“”‘’'`~≈*]$/.test(raw)) continue;
    else if (/^\p{L}/u.test(raw)) pushWord(out, raw);
    else out.push(raw);
  }
  return out;
}

const NUM = '\\d+(?:\\.\\d+)?(?:§\\d+)?';
const REPAIR =
  '(?:(?:or )?was it|hang on|hold on|no hang on|no wait|oh wait|wait|no sorry|sorry|i mean|i meant|make that|make it|scratch that|strike that|correction|or rather|rather|no actually|actually|no make that|no make it|no|well actually)';
const APPROXIMATORS =
  /(?<!\b(?:what|how) )\b(?:about|around|roughly|approximately|approx(?: \.)?|circa|ca(?: \.)?|nearly|almost|maybe|probably|perhaps|say|like|just|only|exactly|some|an estimated|possibly|currently|somewhere around|in the region of|something like|close to|closer to|more like|i think|i guess|let us say|or so we think) (?=(?:(?:usd|eur|gbp|cad|aud|chf|inr|jpy|nzd) )?\d)/g;

/** "20, I mean 22 workstations" → "22 workstations"; "110 people, no, 112 people" → "112 people". */
function dropRepairedNumbers(norm: string): string {
  const repaired = pattern(
    `((?:usd |eur |gbp )?)(${NUM})((?: (?!and\\b|or\\b|to\\b|we\\b|but\\b|no\\b|sorry\\b|wait\\b)[a-z]+){0,3})(?: (?:we|i|you|they) (?:said|think|thought|agreed|discussed|reckon))?((?: [,.;-])*)(?: or| oh| and| maybe| perhaps| hmm)?(?: [,-])* ${REPAIR}(?: [,.-]| no| sorry| make (?:that|it)| more like| it is| wait| to| (?:the|my|our|his|her) [a-z]+ (?:says?|said|reads|shows)| it says)* ((?:usd |eur |gbp )?${NUM})( ,)?(?=( [a-z]+)?)`,
    'g',
  );
  return norm.replace(
    repaired,
    (
      _all,
      code: string,
      _first: string,
      noun: string,
      _punct: string,
      second: string,
      comma = '',
      after = '',
    ) => {
      const money = /^[a-z]{3} /.test(second) ? '' : code;
      if (noun === '') return `${money}${second}`;
      const named =
        comma === '' &&
        /^ (?!and|or|but|we|in|on|for|by|please|to|with|total|at|sorry|no|wait|i)\w/.test(after);
      return named ? `${money}${second}` : `${money}${second}${noun}${comma}`;
    },
  );
}

/** "Six booths, actually four is fine": the first number is given up. */
function dropSettledNumbers(norm: string): string {
  return norm.replace(
    pattern(
      `(?<![\\w.])(${NUM})((?: (?!and\\b|or\\b|but\\b)[a-z]+){1,4}) [,.-] (?:[a-z]+ ){0,2}(?:actually|well|no|hmm|wait|on second thoughts?|maybe|come to think of it|thinking about it)(?: (?!and\\b)[a-z,]+){0,5}? (${NUM}) (?=(?:is|are|will be|would be|should be|will do|would do|should do|ought to be) ?(?:fine|enough|plenty|ok|good|sufficient|all|better|,|\\.| ))`,
      'g',
    ),
    '$3$2 , which ',
  );
}

/** "not 120, 140" and "140 instead of 120" name the figure that is corrected: "amend 120 into 140". */
function markReplacedNumbers(norm: string): string {
  return norm
    .replace(
      pattern(
        `\\b(?:i|we) (?:said|wrote|told you|put|typed|asked for|mentioned) (${NUM})((?: [a-z]+){0,2}?)(?: ,| -)?(?: earlier| before)?(?: but| and| when)?(?: ,)? (?:it is|it should be|it should have been|i meant?|we meant?|i should have said|that should be|make it|the right number is|we need|it was)(?: really| actually)? (${NUM})`,
        'g',
      ),
      'amend $1 into $3$2',
    )
    .replace(
      pattern(
        `\\bnot (${NUM})((?: [a-z]+){0,2}) ?[,;-]+ (?:but |rather |it is |actually |more like )?(${NUM})`,
        'g',
      ),
      'amend $1 into $3$2',
    )
    .replace(
      pattern(
        `\\b(?:swap|replace|change|switch|trade|exchange)(?:ing)? (?:out )?(?:the |our |those |these )?(${NUM})((?: [a-z]+){1,4}) (?:for|with|to|by|into) ((?:[a-z]{3} )?${NUM})(?! (?:weeks|days|months))(?= [.,;!]| $| and | please| instead)`,
        'g',
      ),
      'change to $3$2',
    )
    .replace(pattern(`\\bnot (${NUM})((?: [a-z]+){0,2}) but (${NUM})`, 'g'), 'amend $1 into $3$2')
    .replace(
      pattern(
        `((?:(?:${CURRENCY_CODES}) )?)(${NUM})((?: [a-z]+){0,3})(?: [,-])? (?:and )?(?:not|instead of|rather than|in place of|as opposed to|up from|down from) (?:the )?(?:(?:${CURRENCY_CODES}) )?(${NUM})(?! [a-z]*(?:day|week|month|percent))`,
        'g',
      ),
      'amend $4 into $1$2$3',
    )
    .replace(
      pattern(
        `\\bfrom ((?:usd |eur |gbp )?${NUM})((?: [a-z]+){0,2}) (?:up |down )?to ((?:usd |eur |gbp )?${NUM})`,
        'g',
      ),
      (all, low: string, noun: string, high: string, at: number, whole: string) =>
        /\b(?:bump|bumped|raise|raised|increase|increased|lower|reduce|reduced|cut|change|changed|update|updated|go|going|went|grow|grows|growing|grew|expand|expanding|shrink|shrinking|up|down|move|moved|take|took|drop|dropped|adjust|revise|revised)\b/.test(
          whole.slice(Math.max(0, at - 60), at),
        )
          ? `to ${high}${noun}`
          : all.replace(low, low),
    );
}

function unifyUnits(norm: string): string {
  return norm
    .replace(
      /\b(?:sq|square) ?\.? ?(?:ft|feet|foot|footage)\b(?: \.(?= [a-z,]))?|\b(?:sqft|sqf|sf|sft)\b|\b(?:ft|feet) ?(?:2|²)(?!\d)|\bsquare footage\b/g,
      'sqft',
    )
    .replace(/\b(?:sq|square) ?\.? ?(?:m|metres?|meters?|mtrs?)\b|\bsqm\b|\bm ?(?:2|²)(?!\d)/g, 'sqm')
    .replace(/\bq ([1-4])\b/g, 'q$1')
    .replace(/ (?:percent|per cent|pct)\b/g, ' %')
    .replace(/\bphone ?booths?\b/g, (match) => (match.endsWith('s') ? 'phone booths' : 'phone booth'));
}

const MONEY_SIGN =
  '(?:€|\\$|£|EUR|USD|GBP|CHF|CAD|AUD|SEK|NOK|DKK|euros?|dollars?|pounds?|kr\\b|m²|m2\\b|sqm|sq)';

/** Figures as written elsewhere: "60 000 €", "1,5 million", "3/4 of a million". */
function localFigures(text: string): string {
  if (!/\d[ \u00a0\u202f'’]\d{3}|\d,\d{1,2}\s?[a-z]|\d\/\d|[½¼¾]/i.test(text)) return text;
  const grouped = '\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})+(?!\\d)';
  const close = (figure: string): string => figure.replace(/(?<=\d)[ \u00a0\u202f](?=\d)/g, '');
  return text
    .replace(/(?<![\d.,'’])\d{1,3}(?:['’]\d{3})+(?![\d'’])/g, (figure) => figure.replace(/['’]/g, ''))
    .replace(
      pattern(`(?<![\\d.,-])${grouped}(?=\\s?${MONEY_SIGN})|(?<=${MONEY_SIGN}\\s?)${grouped}`, 'gi'),
      close,
    )
    .replace(/(?<![\d,.])(\d{1,3}),(\d{1,2})(?=\s?(?:mio|mill?|million|m|bn|k)\b)/gi, '$1.$2')
    .replace(/(?:\b(3\/4|1\/2|1\/4)|([¾½¼]))(?=(?: of)?(?: a)? (?:million|mil)\b)/gi, (part) =>
      /^[3¾]/.test(part) ? '0.75' : /^(?:1\/2|½)/.test(part) ? '0.5' : '0.25',
    )
    .replace(/(?<=0\.(?:75|5|25)) of a (?=mil)/gi, ' ');
}

const A_MILLION_THANKS = /\b(thanks|thank you) (?:a|half a) (?:million|thousand|billion)\b/gi;

/** "Rooms: 4 meeting, 2 training" reads like "4 meeting rooms, 2 training rooms". */
function nameKinds(norm: string): string {
  return norm.replace(
    /(?<![a-z] )\b(rooms|offices|booths) ?[:-] ?((?:\d+ (?:x )?[a-z]+(?: ?, and | ?, | and | plus |(?= ?[.;]| ?$))){1,4})/g,
    (_all, thing: string, kinds: string) =>
      kinds.replace(/(\d+) (?:x )?([a-z]+)/g, (one, count: string, kind: string) =>
        /^(?:large|small|medium|big|people|of|for|each|rooms|offices|booths|with|in|on|at|total)$/.test(kind)
          ? one
          : `${count} ${kind} ${thing}`,
      ),
  );
}

/** The canonical line of a sentence; see the head of this file. */
export function normalise(text: string): string {
  const tokens = foldNumbers(tokenise(localFigures(text.replace(A_MILLION_THANKS, '$1'))));
  let norm = ` ${tokens.join(' ')} `;
  norm = norm
    .replace(
      / , (?:you know|i mean|like|let me think|let us see|let me see|i guess|i think|kind of|sort of|right)(?= ,)/g,
      '',
    )
    .replace(
      / (?:you know|i want to say|let me think|(?:let me|let us) see(?! (?:some|the|what|your|a|if|whether|how|which|it|them|these|those|more|options|where)\b)|kind of like|sort of like|i guess|i suppose|i would say|i think|i believe|we think|we reckon|i reckon) (?=[,a-z\d])/g,
      ' ',
    )
    .replace(/ ([a-z]+(?: [a-z]+){0,3})(?: \1)+(?= )/g, (all, once: string) =>
      /^(?:that|had|no|yes|very|so|really|hear|bye|ha)$/.test(once) ? all : ` ${once}`,
    )
    .replace(/(?: ,){2,}/g, ' ,')
    .replace(/ (are|is|have|need|got|was|the|and|uh|to|with) like ,? ?(?=\S)/g, ' $1 ');
  norm = norm
    .replace(/ (?:or )?what(?:ever)? (?:do )?(?:you|we|they) call (?:it|them|that|those)(?= )/g, ' ')
    .replace(
      / (pods?|booths?|rooms?|offices?) \( (phone|call|meeting|conference|private|enclosed|focus|training|huddle) \) /g,
      ' $2 $1 ',
    );
  for (const [pattern, full] of ABBREVIATIONS) norm = norm.replace(pattern, full);
  norm = norm
    .replace(/ (\d+) of (?:those|these|the|your|our) (?=[a-z])/g, ' $1 of the ')
    .replace(
      / (\d+) of the (?=(?:little|small|big|nice|cool|new|glass|enclosed|soundproof|quiet|phone|private|sit|height|standing|tall|larger?|single|double|mini)\b)/g,
      ' $1 ',
    );
  norm = unifyUnits(norm).replace(/\( (\d+) \) (?=[a-z\d])/g, '$1 ');
  for (const [pattern, code] of CURRENCY_WORDS) norm = norm.replace(pattern, code);
  for (let k = 0; k < 2; k++) norm = norm.replace(APPROXIMATORS, '');
  norm = carryScales(norm).replace(/ \/ (?=\d+ )/g, ' , ');
  for (let k = 0; k < 2; k++) norm = dropRepairedNumbers(norm);
  norm = markReplacedNumbers(dropSettledNumbers(norm));
  return nameKinds(norm).replace(/ {2,}/g, ' ');
}
