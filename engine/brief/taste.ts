// Reads taste: styles, colours, materials, ergonomics in general, how much sustainability matters.

import { STYLE_GUARDS, STYLE_PHRASES } from './lexicon-needs.ts';
import {
  COLOR_GUARD_AFTER,
  COLOR_SHADES,
  COLORS,
  MATERIAL_GUARD_AFTER,
  MATERIAL_KINDS,
  MATERIALS,
} from './lexicon-taste.ts';
import { refusalZones } from './needs.ts';
import type { ListPreference, Op } from './ops.ts';

const STYLE_PATTERNS = STYLE_PHRASES.map(
  ([style, source]) => [style, new RegExp(`(?<![a-z])(?<!non )${source}(?![a-z])`, 'g')] as const,
);
const STYLE_CONTEXT =
  /\b(?:styles?|styling|looks?|feel(?:s|ing)?|vibes?|aesthetics?|design|atmosphere|mood|character|tone|ambien[ct]e|environment|space|decor|d[eé]cor|theme|direction)\b/;
const NEEDS_CONTEXT = new Set(['executive', 'playful', 'traditional']);
const COLOR_PATTERN = new RegExp(
  `(?<![a-z])((?:${COLOR_SHADES}) )?(${COLORS.join('|')})(s)?(?: (blue|green|grey|gray|red|white|brown|pink|yellow|orange|beige|gold))?(?![a-z])`,
  'g',
);
const MATERIAL_PATTERN = new RegExp(
  `(?<![a-z])((?:(?:${MATERIAL_KINDS}) ){0,2})(${MATERIALS.join('|')})(?:s|en)?(?![a-z])`,
  'g',
);
const COLOR_CONTEXT =
  /\b(?:colou?rs?|palette|accents?|tones?|hues?|shades?|finish(?:es)?|upholstery|fabrics?|paint|scheme|pops?|in)\b/;
/** Colours whose name is also a metal, a stone, a food or a grade. */
const SHY_COLORS = new Set([
  'gold',
  'silver',
  'golden',
  'stone',
  'sand',
  'rose',
  'bone',
  'lemon',
  'peach',
  'lime',
  'mint',
  'plum',
  'caramel',
  'mocha',
  'espresso',
  'champagne',
  'camel',
  'salmon',
  'pewter',
  'slate',
  'graphite',
  'denim',
  'fern',
  'moss',
  'rust',
  'olive',
  'sage',
  'coral',
  'cream',
  'emerald',
  'amber',
  'cognac',
  'blush',
  'violet',
  'tan',
  'jade',
  'charcoal',
  'ivory',
  'cobalt',
  'lilac',
]);
const COLOR_GUARD_BEFORE =
  /\b(?:leed|greenguard|scs|level|platinum|medal|environmentally|mr|mrs|ms|dr|code|in the|evergreen|golf|bowling|the) $/;
/** "You've got the green light", "out of the blue", "white glove delivery": no colour is meant. */
const NOT_A_COLOR =
  /^(?:green (?:light|team|building|belt|field)|greenlight|white (?:glove|board|paper|noise|label|collar|goods)|blue (?:collar|chip|print|sky)|black (?:friday|box|out)|red (?:tape|flag|cross|line)|gr[ea]y (?:area|water)|yellow pages|pink slip|brown ?field|gold standard|golden (?:week|rule))\b/;
const MATERIAL_GUARD_BEFORE =
  /\b(?:(?:we|i|they|it|everyone|always|team|staff|have|has|had|that|never|a|who|people) (?=felt)|(?:a|the) (?:piece|glass) of|real |pet |mr |mrs |ms )$/;
const FELT_VERB =
  /^ (?:that|like|the|we|it|a bit|too|very|strongly|a little|as|is|cramped|out|good|bad|our)\b/;

interface Found {
  list: ListPreference;
  value: string;
  start: number;
  end: number;
}

function findStyles(norm: string): Found[] {
  const found: Found[] = [];
  for (const [style, pattern] of STYLE_PATTERNS) {
    for (const m of norm.matchAll(pattern)) {
      const end = m.index + m[0].length;
      if (STYLE_GUARDS[style]?.test(norm.slice(end))) continue;
      found.push({ list: 'style', value: style, start: m.index, end });
    }
  }
  const plain = found.filter(
    (one) =>
      !NEEDS_CONTEXT.has(one.value) ||
      /^(?:playful|whimsical|quirky|traditional)$/.test(norm.slice(one.start, one.end)),
  );
  return plain.length > 0 || STYLE_CONTEXT.test(norm) || /^ [a-z ,/]{3,40}[ .!]*$/.test(norm) ? found : [];
}

/** A capitalised word beside another capitalised word is a name ("Dana White", "Brown & Co"). */
function isName(raw: string, word: string): boolean {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return (
    new RegExp(
      `[A-Z][a-z]+ ${capital}\\b(?! [a-z]+ (?:and|or))|\\b${capital} (?:& |and )?[A-Z][a-z]+\\b|\\b(?:Mr|Mrs|Ms|Dr)\\.? ${capital}\\b|\\b${capital}'s\\b`,
    ).test(raw) && !raw.includes(` ${word}`)
  );
}

function findColors(norm: string, raw: string): Found[] {
  const found: Found[] = [];
  for (const m of norm.matchAll(COLOR_PATTERN)) {
    const end = m.index + m[0].length;
    const base = m[2] ?? '';
    if (NOT_A_COLOR.test(norm.slice(m.index))) continue;
    if (
      COLOR_GUARD_AFTER.test(norm.slice(end, end + 24)) ||
      COLOR_GUARD_BEFORE.test(
        norm.slice(Math.max(0, m.index - 18), m.index + (m[1] ? 0 : 0)).replace(/\bthe $/, ''),
      )
    )
      continue;
    if (base === 'green' && /\b(?:be|being|go|going|more|as|very) $/.test(norm.slice(0, m.index))) continue;
    if (isName(raw, base)) continue;
    found.push({
      list: 'colors',
      value: `${m[1] ?? ''}${base}${m[4] ? ` ${m[4]}` : ''}`,
      start: m.index,
      end,
    });
  }
  const sure = found.some((one) => !SHY_COLORS.has(one.value)) || COLOR_CONTEXT.test(norm);
  return found.filter((one) => sure || !SHY_COLORS.has(one.value));
}

function findMaterials(norm: string, raw: string, colors: readonly Found[]): Found[] {
  const found: Found[] = [];
  for (const m of norm.matchAll(MATERIAL_PATTERN)) {
    const start = m.index;
    const end = start + m[0].length;
    const base = m[2] ?? '';
    if (colors.some((color) => start >= color.start && end <= color.end)) continue;
    if (colors.some((color) => color.start >= start && color.start < end)) continue;
    if (
      MATERIAL_GUARD_AFTER.test(norm.slice(end, end + 24)) ||
      MATERIAL_GUARD_BEFORE.test(norm.slice(Math.max(0, start - 24), start) + (base === 'felt' ? '' : ''))
    )
      continue;
    if (
      base === 'felt' &&
      (FELT_VERB.test(norm.slice(end)) ||
        /\b(?:we|i|they|it|everyone|always|team|staff|have|has|had|that|never|who|people) $/.test(
          norm.slice(0, start),
        ))
    )
      continue;
    if (
      base === 'concrete' &&
      /^ (?:plan|idea|numbers?|proposal|steps?|answer|examples?)/.test(norm.slice(end))
    )
      continue;
    if (isName(raw, base)) continue;
    found.push({
      list: 'materials',
      value: `${m[1] ?? ''}${/en$/.test(m[0]) && base === 'wood' ? 'wood' : base}`.trim(),
      start,
      end,
    });
  }
  return found;
}

/** Hyphens of the text come back: "off-white". */
function asWritten(value: string, raw: string): string {
  if (!value.includes(' ')) return value;
  const found = new RegExp(`(?<![a-z])${value.replaceAll(' ', '[ -]')}(?![a-z])`, 'i').exec(
    raw.replace(/\s+/g, ' '),
  );
  return found ? found[0].toLowerCase() : value;
}

const REPLACES =
  /^ ?(?:(?:no|oh|hmm|wait|ok) [,.-]* ?)*(?:actually|correction|sorry|i meant?|scratch that|on second thoughts?|on reflection|rather)\b(?!.*\b(?:also|too|add|as well|plus)\b)|\b(?:instead|change (?:the |our )?(?:style|colou?rs?|look|palette|materials?|finish(?:es)?|scheme)|switch (?:to|from|the)|rather than|make (?:the )?(?:style|look|colou?rs?|finish|palette)|(?:style|look|colou?rs?|palette|finish) (?:should now|is now|now|to))\b/;

/** "Wood: birch", "wood birch": the kind is meant, not the word for all of them. */
const isGenericWood = (one: Found, all: readonly Found[]): boolean =>
  one.list === 'materials' &&
  (one.value === 'wood' || one.value === 'timber') &&
  all.some((other) => other.list === 'materials' && other !== one && other.start - one.end === 1);

/** Styles, colours and materials of a line; `raw` is the sentence as written, for capital letters. */
export function readTaste(norm: string, raw: string): Op[] {
  const zones = refusalZones(norm);
  const colors = findColors(norm, raw);
  const all = [...findStyles(norm), ...colors, ...findMaterials(norm, raw, colors)].sort(
    (a, b) => a.start - b.start,
  );
  // "Wood should be beech": the kind is meant, not the word for all of them.
  const generic =
    /\b(wood|metal|fabric|stone|timber) (?:should be|must be|is|to be|:|in|would be|ideally|preferably|-) (?:[a-z]+ )?(?=[a-z])/.exec(
      norm,
    );
  const named =
    generic &&
    all.some(
      (one) =>
        one.list === 'materials' &&
        one.start >= generic.index + generic[0].length - 12 &&
        one.value !== generic[1],
    );
  // "Timber over metal": the second one is given up.
  const over =
    /\b([a-z]+) (?:over|rather than|before) ([a-z]+)(?= every time| any ?time| any day| always| where| whenever| please| if| ?[.,;!]| ?$)/.exec(
      norm,
    );
  const secondBest = over?.[2];
  const kinds = all.filter((one) => !isGenericWood(one, all));
  const meant = named ? kinds.filter((one) => one.start !== generic.index) : kinds;
  // One thing traded for another leaves the others of its list.
  const replace = REPLACES.test(norm) && !/\bdrop [a-z ]+ ; add\b/.test(norm);
  const ops: Op[] = [];
  for (const one of meant) {
    if (one.list !== 'style') one.value = asWritten(one.value, raw);
    const avoided =
      (one.value === secondBest &&
        meant.some((other) => other.list === one.list && other.value === over?.[1])) ||
      zones.some((zone) => one.start >= zone.start && one.end <= zone.end + 1) ||
      /\b(?:not|nothing|less|never|nothing too|not too|not so|no more|too) (?:too |so |very |overly |super )?$/.test(
        norm.slice(Math.max(0, one.start - 20), one.start),
      ) ||
      /^ ?(?:[a-z]+ )?(?:is|are) (?:out(?= |$)|not (?:for us|our|wanted|needed)|a no|off the table)/.test(
        norm.slice(one.end, one.end + 40),
      );
    ops.push(
      avoided
        ? { kind: 'avoid', list: one.list, value: one.value }
        : { kind: 'prefer', list: one.list, value: one.value, ...(replace ? { replace: true } : {}) },
    );
  }
  return ops;
}

const GREEN =
  /\b(?:sustainab\w*|greenness|leed|breeam|eco(?: friendly| friendliness| conscious|logical)?|ecolog\w*|environment(?:al(?:ly)?)?(?: (?:impact|performance|criteria|standards|sustainability|friendly|friendliness|footprint|responsib\w+|concerns?|credentials))|the environment|carbon footprint|low carbon|green credentials|(?:being|going) green|circular(?:ity| economy)?)\b/;
const LOW =
  /\b(?:low(?:est)?(?! carbon| voc| emission)|not (?:(?:a|an|our|the|at|all|really|that|very|so|particularly|much of a|high|top|big|huge|major|main|terribly|especially) )*(?:priority|priorities|concern|important|factor|focus|driver|critical|essential|must|big deal|issue|requirement|consideration|deal ?breaker|necessary)|nice to have|bonus|(?:do|does) not (?:really |much )?(?:care|matter|mind|need)|not (?:fussed|bothered|worried|too worried|too fussed)|least|no priority|unimportant|minor|optional|back ?burner|afterthought|bottom of)\b/;
const MEDIUM =
  /\b(?:medium|moderate(?:ly)?|somewhat|fairly|reasonably|secondary|middle|mid level|average|a (?:factor|consideration)|would be (?:good|nice|great|a plus)|(?:kind|sort) of|mildly|partly|to some (?:extent|degree)|a plus|balanced?|some (?:weight|importance|interest))\b/;
const HIGH =
  /\b(?:high(?:est|ly)?|top|number 1|criteri(?:on|a)|primary|weighs?|heavily|greatest|decisive|deal ?breaker|must|priority|priorities|critical|crucial|essential|must|important|matters|matter|first|vital|paramount|mandatory|non negotiable|key|big|huge|major|up there|front and cent(?:er|re)|top of mind|at the heart|north star|matters most|high on|everything to us|dna|mission|hard requirement|care (?:a lot|deeply|strongly|about)|committed|passionate|serious|required|central|core|a lot|utmost|strong)\b/;

/** Ergonomics in general and the weight of sustainability. */
export function readValues(norm: string): Op[] {
  const ops: Op[] = [];
  const ergonomic =
    /\b(?:ergonomics|ergonomic(?:ally)?|ergo)\b(?!(?:(?: and)? [a-z]+){0,3}? (?:chairs?|seats?|seating|stools?))/.exec(
      norm,
    );
  if (
    ergonomic &&
    !/\b(?:chairs?|seating|seats)\b[^.;]{0,30} ergonomic ones?\b/.test(norm) &&
    !/\b(?:chairs?|seating) (?:should be |must be |shall be |will be |needs? to be |that are |need to be |has to be |have to be |to be |that is |is |are )?(?:fully |properly |truly |all )?ergonomic/.test(
      norm,
    )
  ) {
    const rest = norm.slice(ergonomic.index, ergonomic.index + 60);
    const refused =
      refusalZones(norm).some((zone) => ergonomic.index >= zone.start && ergonomic.index < zone.end) ||
      /^ergonomics? ?(?:is|are|does|do|:)? ?(?:not|no(?= |$)|low)/.test(rest);
    ops.push({ kind: 'set', path: 'preferences.ergonomics', value: !refused });
  }
  const parts = norm.split(
    / [.;!] | , (?=(?:and |but |so )?(?:we|i|the|our|it|ergonomics|budget|style|price|cost|modern)\b)| but (?!not)/,
  );
  for (const part of parts) {
    const green = GREEN.exec(part);
    if (!green) continue;
    const near = part
      .split(/ , | and (?=ergonomic)/)
      .filter((piece) => GREEN.test(piece))
      .join(' ');
    const scope = LOW.test(near) || MEDIUM.test(near) || HIGH.test(near) ? near : part;
    const level = LOW.test(scope) ? 'low' : MEDIUM.test(scope) ? 'medium' : HIGH.test(scope) ? 'high' : null;
    if (level) ops.push({ kind: 'set', path: 'preferences.sustainability_priority', value: level });
  }
  return ops;
}
