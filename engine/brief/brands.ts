// Reads which makers are preferred. A known maker counts where it is stated; an unknown one only where the words
// around it say that it is a maker ("brands: …", "we prefer …", "furniture by …").
import { MONTHS, WEEKDAYS } from './calendar.ts';
import { COLORS, KNOWN_BRANDS, MATERIALS, SHY_BRANDS } from './lexicon-taste.ts';
import { EVERYDAY_WORDS, TRADE_WORDS } from './lexicon-words.ts';
import type { Op } from './ops.ts';
import { pattern } from './patterns.ts';

const WORD = "[A-Z][\\w'’.-]*[\\w]|[A-Z]";
const NAME = `(?:${WORD})(?:(?: & | ?\\+ ?)(?:${WORD}))?(?: (?!And\\b|Or\\b)(?:${WORD})(?: & (?:${WORD}))?){0,2}`;
const LIST = `${NAME}(?:(?:, (?:and |or )?| and | or | / |/| plus |; )${NAME})*`;
const KEY =
  /\b(?:(?:preferred|favou?red|favou?rite|approved|target|our)? ?(?:brands?|manufacturers?|makers?|vendors?|suppliers?|lines?)(?: (?:we|i|they|the team) (?:really )?(?:like|love|prefer|want|use|trust|favou?r))?(?: preferences?| preferred)?) ?(?::|=|-|are|is|would be|include|includes|like|such as) ?(.{2,120})/i;
const STRONG_LEAD = `(?:prefer(?:s|red|ring|ence (?:is|for|would be))?(?: to (?:use|go with|see|work with|have))?|stick(?:ing)? (?:with|to)|go(?:ing)? with|loyal to|fans? of|partial to|lean(?:ing|s)? (?:towards?|to)|keen on|standardi[sz]ed? on|standard is|make sure (?:it|they|everything)(?:'s|’s| is|'re|’re| are)? (?:from|by)|(?:buy|buying|order|ordering|source|sourced|purchase|purchased) (?:it |everything |them )?from|committed to|favou?rs?|favou?rite (?:brand|maker|manufacturer) is|trust|specify(?:ing)?|spec(?:'d|ced|ify)?|happy with|brands? like|makers? like|manufacturers? like|brands? such as|sole[- ]source|only use|only buy|only want|always (?:use|buy|go with)|works? with)`;
const WEAK_LEAD = `(?:love(?:s|d)?|likes?|want(?:s)?|adore(?:s)?|use|need|furniture (?:from|by)|products? (?:from|by)|chairs? (?:from|by)|desks? (?:from|by)|seating (?:from|by)|pieces (?:from|by)|everything (?:from|by)|stuff (?:from|by)|tables? (?:from|by)|lounge (?:from|by)|lines? (?:from|by)|items? (?:from|by)|something (?:from|by)|storage (?:from|by)|booths? (?:from|by)|pods? (?:from|by)|sofas? (?:from|by))`;
const SOFT =
  '(?: (?:the|some|mostly|mainly|only|all|either|both|primarily|products? (?:from|by)|furniture (?:from|by)|anything (?:from|by)|things? (?:from|by)|to see|to have|using|seeing|stuff from))*';
const AFTER_NAME =
  /^(?:'s)? (?:is|are|would be|will be)(?: (?:really|definitely|always|also|both|all))? (?:our|the|my|a) (?:[a-z-]+ )?(?:preferred|preference|first choice|go-to|favou?rites?|top choice|standard|choice|brands?|choices)|^ (?:would be|is|are) (?:preferred|ideal|great|perfect|lovely|nice|fantastic|wonderful|excellent|amazing|good|our preference|fine by us|first choice|best|welcome|a plus)|^ (?:is |are )?preferred\b|^ if (?:possible|you can)|^ (?:is|are) (?:a|the) (?:brand|brands|maker|makers) we (?:like|love|prefer|trust)/;
const NOT_BRANDS = new Set(
  [
    ...Object.keys(MONTHS),
    ...Object.keys(WEEKDAYS),
    ...COLORS,
    ...MATERIALS,
    'we',
    'i',
    'the',
    'our',
    'they',
    'it',
    'you',
    'usd',
    'eur',
    'gbp',
    'cad',
    'aud',
    'ada',
    'av',
    'hq',
    'leed',
    'bifma',
    'greenguard',
    'ergonomic',
    'ergonomics',
    'modern',
    'scandinavian',
    'scandi',
    'nordic',
    'industrial',
    'minimalist',
    'traditional',
    'contemporary',
    'biophilic',
    'playful',
    'executive',
    'danish',
    'japanese',
    'italian',
    'german',
    'european',
    'american',
    'swedish',
    'open',
    'plan',
    'standing',
    'lounge',
    'lockers',
    'budget',
    'style',
    'delivery',
    'none',
    'no',
    'yes',
    'tbd',
    'any',
    'na',
    'n/a',
    'option',
    'scenario',
    'balanced',
    'conservative',
    'aggressive',
    'zoom',
    'teams',
    'christmas',
    'thanksgiving',
    'easter',
    'q1',
    'q2',
    'q3',
    'q4',
    'and',
    'or',
    'monday',
    'please',
    'thanks',
    'also',
    'not',
    'phone',
    'hot',
    'sit',
    'ok',
    'a',
    'b',
    'c',
    'plan b',
    'colors',
    'colours',
    'materials',
    'epa',
    'fsc',
    'energy',
    'wifi',
    'tv',
    'it department',
    'sf',
    'ppl',
    'herringbone',
    'art',
    'deco',
    'art deco',
    'bauhaus',
    'mid',
    'mid-century',
    'sustainability',
    'acoustic',
    'kpi',
    'hr',
    'ceo',
    'cfo',
    'coo',
    'pdf',
    'excel',
    'cad files',
    'equivalent',
    'similar',
    'equal',
    'others',
    'comparable',
    'tomorrow',
    'today',
    'tonight',
    'next',
    'early',
    'late',
    'neutral',
    'natural',
  ].map((word) => word.toLowerCase()),
);
const NEGATIVE_BEFORE =
  /\b(?:not (?:a )?(?:big |huge )?fans? of|not (?:interested in|keen on|sold on|using|looking at|considering)|nothing (?:from|by)|no|not|never|avoid|avoiding|without|except(?: for)?|hates?|dislikes?|any(?:thing| brand| maker| manufacturer)? but|instead of|rather than|other than|do(?:es)?n[o']?t (?:[a-z]+ ){0,3}|do not (?:[a-z]+ ){0,3}|isn't|aren't|rule out|skip|stay away from|steer clear of|strike|drop|scratch|remove|forget(?: about)?|lose|ditch|nix|cut|exclude|excluding|not using|move away from|switch(?:ing)? from|used to (?:have|use)|replac(?:e|ing) (?:the |our )?(?:old )?)(?<=\b)\s+(?:(?:the|any|more|from|of|all)\s)?/gi;
/** Names of a list that a refusal reaches over. */
const ONLY_NAMES = /^(?:[A-Z][\w&'-]*(?:,| or| and| nor)? ?){0,4}$/;

const known = new RegExp(
  `(?<![\\w-])(?:${Object.keys(KNOWN_BRANDS)
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')})(?![\\w-])`,
  'gi',
);

function isBrandLike(name: string): boolean {
  const lower = name.toLowerCase();
  const first = lower.split(' ')[0] ?? '';
  const several = /^[A-Z]\S* (?:& |[A-Z])/.test(name);
  return (
    lower.length > 1 &&
    !NOT_BRANDS.has(lower) &&
    (several ? !/^(?:we|i|the|our|they|it|you|usd|no|yes)$/.test(first) : !NOT_BRANDS.has(first)) &&
    !/^\d/.test(name)
  );
}

const ordinary = new Set([...TRADE_WORDS, ...EVERYDAY_WORDS]);
/** Not a word of the trade nor of everyday English, and written as a name. */
const isUnusual = (word: string): boolean =>
  /^[A-Z][a-z]{2,}/.test(word) &&
  !ordinary.has(word.toLowerCase()) &&
  !ordinary.has(word.toLowerCase().replace(/s$/, ''));

/** "Steelcase Series 1" is a product of Steelcase. */
function makerOf(name: string): string {
  const words = name.split(' ');
  for (let n = words.length; n > 0; n--) {
    const head = words.slice(0, n).join(' ');
    if (Object.hasOwn(KNOWN_BRANDS, head.toLowerCase()) && !SHY_BRANDS.has(head.toLowerCase())) return head;
  }
  return name;
}

const spelled = (name: string): string =>
  (Object.hasOwn(KNOWN_BRANDS, name.toLowerCase()) ? KNOWN_BRANDS[name.toLowerCase()] : undefined) ??
  name.replace(/[.'’]$/, '').trim();

function splitNames(list: string): string[] {
  return list
    .split(/, (?:and |or )?|,| and | or | \/ |\/| plus |; /)
    .map((name) =>
      name
        .trim()
        .replace(/[.!)]+$/, '')
        .trim(),
    )
    .filter((name) => name !== '');
}

function keyed(raw: string): string[] {
  const list = KEY.exec(raw)?.[1];
  if (!list) return [];
  const names: string[] = [];
  for (const piece of splitNames(list.replace(/[.;!?(].*$/, ''))) {
    const words = piece.split(/\s+/);
    const proper = words.every((word) => /^(?:[A-Z&\d+]|of$)/.test(word));
    if (
      (proper && words.length <= 4 && isBrandLike(piece)) ||
      Object.hasOwn(KNOWN_BRANDS, piece.toLowerCase()) ||
      (/[:=]/.test(raw) && words.length <= 2 && isBrandLike(piece) && /^\s*(?:[\w ]+)?brands?\b/i.test(raw))
    )
      names.push(piece);
    else break;
  }
  return names;
}

/** Preferred and avoided makers of a sentence; `live` is its stated part on the canonical line. */
export function readBrands(raw: string, live: string): Op[] {
  const text = raw.replace(/\s+/g, ' ');
  const found = new Map<string, boolean>();
  const stated = (name: string): boolean => {
    const word = (name.toLowerCase().match(/[\p{L}\d]+/u) ?? [''])[0];
    return word !== '' && live.includes(word);
  };
  const note = (name: string, at: number): void => {
    const clean = spelled(makerOf(name));
    if (!stated(clean)) return;
    const before =
      text
        .slice(Math.max(0, at - 60), at)
        .split(/[.;!]|, but | but (?=we|i )|, (?:we|but) /)
        .at(-1) ?? '';
    const bad =
      [...before.matchAll(NEGATIVE_BEFORE)].some((m) =>
        ONLY_NAMES.test(before.slice(m.index + m[0].length)),
      ) ||
      /^,? (?:furniture |products? |stuff |chairs? |desks? )?(?:(?:which |that )?(?:we|i|they|people|everyone|nobody|no one) (?:really |absolutely |just |all )*(?:hates?|dislikes?|detests?|(?:can(?:no|')t|can not|do(?:n't| not)|did(?:n't| not)|would(?:n't| not)) (?:really )?(?:stand|bear|like|want|love|trust|consider|use)|likes?(?<=nobody likes|no one likes))|(?:has|have) (?:let|disappointed))/i.test(
        text.slice(at + name.length),
      ) ||
      /^.{0,4}(?:is|are) (?:out\b|off the table|not (?:for us|an option|our)|too expensive|a no)/.test(
        text.slice(at + name.length),
      );
    if (!found.has(clean)) found.set(clean, !bad);
  };
  for (const name of keyed(text)) note(name, text.indexOf(name));
  const prefers =
    pattern(`\\b(?:${STRONG_LEAD}|love|brands?|makers?|manufacturers?)\\b`, 'i').test(text) ||
    /\bwould be (?:lovely|great|ideal|nice|perfect|good|fantastic|wonderful)\b/.test(text);
  for (const m of text.matchAll(known)) {
    const lower = m[0].toLowerCase();
    if (SHY_BRANDS.has(lower) && (!prefers || !/^[A-Z]/.test(m[0]))) continue;
    if (
      /^(?:['’]s)? (?:office|hq|building|team|showroom|rep|dealer|park)\b|^ (?:quoted|told|said|says|came|proposed|offered|sent|wants|asked|charges|charged|takes|gave|bid|promised|offers)\b/i.test(
        text.slice(m.index + m[0].length),
      ) ||
      /\b(?:i am|i'm|we're|we are|work(?:ing)? (?:at|for)|here at|at|with the|meeting with|talked to|spoke to|rep from|quote from|called) $/i.test(
        text.slice(0, m.index),
      )
    )
      continue;
    note(m[0], m.index);
  }
  for (const lead of [STRONG_LEAD, WEAK_LEAD]) {
    for (const m of text.matchAll(
      pattern(
        `\\b(?:${lead}|${lead.charAt(0).toUpperCase()}${lead.slice(1)})${SOFT} (${LIST})(?=(.{0,40}))`,
        'g',
      ),
    )) {
      const after = m[2] ?? '';
      const sure =
        lead === STRONG_LEAD ||
        /from|by$/.test(m[0].slice(0, m[0].indexOf(m[1] ?? ''))) ||
        /love|adore/.test(m[0]) ||
        /^(?:'s|’s)? (?:task |lounge |office |work |guest |ergonomic |sit-stand |standing )?(?:chairs?|desks?|furniture|seating|products?|tables?|sofas?|booths?|pods?|workstations?|systems?|for (?:the )?(?:seating|desks|chairs|lounge|tables|storage|everything|furniture))/.test(
          after,
        );
      if (!sure || /^ (?:style|design|look|feel|vibe|aesthetic|time|scenario|option|plan)/.test(after))
        continue;
      for (const name of splitNames(m[1] ?? ''))
        if (isBrandLike(name)) note(name, m.index + m[0].indexOf(name));
    }
  }
  for (const m of text.matchAll(
    pattern(
      `(?<=[,;:] |\\b(?:and|with|some|the|plus|in|of) )(${WORD}(?: ${WORD})?) (?:(?:task|lounge|guest|outdoor|ergonomic|executive|sit-stand|standing|conference|soft|mesh|stacking|modular) ){0,2}(?:seating|chairs?|desks?|sofas?|stools?|benching|workstations?|booths?|pods?|lockers|tables?|furniture|panels)\\b`,
      'g',
    ),
  )) {
    const name = m[1] ?? '';
    if (isBrandLike(name) && name.split(' ').every((word) => isUnusual(word))) note(name, m.index);
  }
  for (const m of text.matchAll(pattern(`(?:^|[.;,:] |\\b(?:and|or) )(${LIST})(?=(.{0,60}))`, 'g'))) {
    if (!AFTER_NAME.test(m[2] ?? '')) continue;
    for (const name of splitNames(m[1] ?? ''))
      if (isBrandLike(name)) note(name, m.index + m[0].indexOf(name));
  }
  return [...found].map(
    ([value, wanted]): Op =>
      wanted
        ? { kind: 'prefer', list: 'preferred_brands', value }
        : { kind: 'avoid', list: 'preferred_brands', value },
  );
}
