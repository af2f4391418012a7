// Judged queries over the home furniture catalogue, set 3, written by somebody who had not seen the search. Before it was run
// for the first time nothing was tuned on it.
import {
  all,
  any,
  below,
  category as C,
  type Judged,
  type JudgedItem,
  not,
  type Rule,
  slug as S,
  text as T,
} from './catalog-judged-rules.ts';

const part = T(
  /^(cover|legs?\b|inner|handle|knob|seat shell|underframe|frame\b|door\b|drawer front|armrest|pair of|headrest|storage box)|\bcover\b|cushion|\bpad\b|(chair|stool|backrest) frame\b|^legs for|^net\b|\btray$/,
);
const outdoor = any(C(/^Outdoor/), T(/outdoor/));

const armchair = all(
  T(/^armchair(?!-bed)|^high-back armchair|^wing chair|^easy chair/),
  not(part),
  not(T(/frame/)),
);
const footstool = all(T(/^(footstool|pouffe)/), not(part), not(T(/module/)));
const recliner = all(T(/^recliner/), not(part));
const rocking = all(T(/^rocking/), not(part));

const chest = T(/^(modular )?chest of/);
const drawerUnit = T(/^drawer unit/);
const bookcase = T(/^bookcase/);
const shelving = T(
  /^((open )?shelving unit|shelf unit|wall shelf unit|shelv unit|wall-mounted shelving unit|\d sections?\b.*|\d shelf sections?)/,
);

const coffee = all(T(/^coffee table/), not(part));
const bedside = T(/^bedside table/);
const tvBench = T(/^tv bench/);
const cot = all(T(/^cot\b/), not(part));

const barStool = all(T(/^bar stool/), not(part));
const office = all(T(/^(office|swivel) chair/), not(part));
const folding = all(
  any(T(/^folding chair/), all(T(/^chair\b/), any(T(/foldable/), S(/foldable/)))),
  not(part),
);

const kid = any(
  C(/^(Children|Nursery)/),
  T(/^(children|junior)/),
  S(/^(busunge|stuva|pahl|mammut|oerfjaell|vimund)/),
);

const dims2 = (i: JudgedItem) => {
  const m = /(\d+(?:[.,]\d+)?(?:[-/]\d+)?)(?:x(\d+(?:\.\d+)?))?(?:x(\d+))? *cm/.exec(i.text);
  return m
    ? m
        .slice(1)
        .filter(Boolean)
        .flatMap((s: string) => s.split(/[-/]/))
        .map(Number)
    : [];
};
const longest =
  (cm: number): Rule =>
  (i) => {
    const v = Math.max(...dims2(i).slice(0, 2), i.width || 0);
    return Math.abs(v - cm) <= cm * 0.03;
  };
const over =
  (n: number): Rule =>
  (i) =>
    i.price >= n;
const deep =
  (cm: number): Rule =>
  (i) =>
    Math.abs(i.depth - cm) <= 1;
const stool = all(T(/^stool(?!\/)/), not(T(/cover|frame/)));
const bench = all(T(/^(bench|arbor bench|storage bench|children's bench)/), not(part));
const diningChair = all(
  T(/^chair(,|$| with (chair pad|long cover|armrests))/),
  not(outdoor),
  not(T(/frame/)),
);
const anySofa = all(
  any(
    T(/^(modular )?(corner |u-shaped )?sofa|^((2|3|4|5|two|three)-seat) (modular )?sofa/),
    T(/^modular corner sofa/),
  ),
  not(T(/section|sofa-bed|^cover/)),
);
const anySofaBed = all(T(/sofa-bed/), not(T(/cover|section|^storage box|sofa-bed module/)));
const indoorSofa = all(anySofa, not(outdoor));
const trolleyAll = T(/^(kitchen )?trolley/);

const glassDoor = any(T(/glass-door cabinet|^bookcase .*glass|cabinet with (sliding )?glass door/));
const anyWardrobe = all(T(/wardrobe/), not(part));
const smallOut = all(outdoor, T(/table.*2 (folding |fold )?(chairs|chrs)/));
const chestAll = T(/^(modular )?chest of/);

const withStorageBed = all(
  T(/^(ottoman bed|day-bed.*drawers|(upholstered )?bed frame.*(storage|drawers?|storage boxes))/),
);
const seg = (w: string) => S(new RegExp(`(^|-)${w}(-|$)`));
const highchair = T(/^highchair with|^junior\/highchair/);

export const QUERIES: readonly Judged[] = [
  // nouns
  [
    'noun',
    'stools',
    stool,
    any(T(/^(children's stool|step stool|stool\/side|storage stool)/), footstool, barStool),
  ],
  ['noun', 'benches', bench],
  ['noun', 'dining chairs', diningChair, all(folding, not(T(/^armchair/)))],
  ['noun', 'filing cabinets', T(/^file cabinet|drop-file storage/), T(/^drop file|^drawer unit/)],
  ['noun', 'handles', T(/^(cup |drop |leather )?handle/), T(/^knob/)],
  ['noun', 'trestles', T(/^trestle/)],
  ['noun', 'room dividers', C(/^Room dividers/), all(C(/^Room dividers/), not(T(/^cover/)))],
  ['noun', 'tv bracket', T(/^(wall )?bracket for tv/)],
  [
    'noun',
    'table tops',
    T(/^(corner |left-hand corner |right-hand corner )?table top/),
    T(/^(desk|glass) top/),
  ],
  ['noun', 'table legs', all(T(/^(leg\b|table leg|leg cone)/), C(/^Tables/)), T(/^trestle/)],
  ['noun', 'nest of tables', T(/^nest of tables/), T(/^(side table(?! for)|tray table)/)],
  [
    'noun',
    'side tables',
    T(/^side table(?! for frame)/),
    T(/^(nest of tables|tray table|storage table|stool\/side table|bedside table)/),
  ],
  ['noun', 'corner desks', T(/^corner (desk|workstation)/)],
  ['noun', 'chest of drawers', chestAll, all(drawerUnit)],
  ['noun', 'loft beds', T(/^loft bed/), T(/^bunk bed/)],
  [
    'noun',
    'sofa covers',
    T(/cover.*(sofa|seat section|chaise longue|corner section)|sofa.*cover/),
    all(T(/cover/), C(/^Sofas/)),
  ],
  ['noun', 'tray table', T(/^tray table/), T(/^(side table(?! for)|tray stand)/)],
  ['noun', 'divan bed', T(/^divan bed/), T(/^(upholstered bed|ottoman bed)/)],
  ['noun', 'corner wardrobes', T(/^corner wardrobe/)],
  ['noun', 'drawer units', drawerUnit, chest],
  // paraphrases
  ['para', 'settee', indoorSofa, any(anySofaBed, anySofa)],
  [
    'para',
    'loveseat',
    all(indoorSofa, T(/^(2|two)-seat/)),
    all(T(/^(2|two)-seat/), any(anySofa, anySofaBed)),
  ],
  [
    'para',
    'credenza',
    any(T(/^sideboard/), all(C(/^Sideboards/), not(T(/^(console|shelving)/)))),
    all(
      T(/^(storage combination|cabinet combination|cabinet)\b/),
      (i: JudgedItem) => i.height <= 100,
      (i: JudgedItem) => i.width >= 100,
    ),
  ],
  ['para', 'crib', cot, T(/^cradle/)],
  ['para', 'almirah', anyWardrobe, all(C(/^Wardrobes/), not(part), not(T(/^shelf/)))],
  [
    'para',
    'escritoire',
    all(T(/^desk\b(?!.*(top|chair|space))|^desk with/), not(part)),
    T(/^(children's desk(?! chair)|corner desk|laptop table)/),
  ],
  ['para', 'etagere', any(bookcase, shelving), T(/^(display shelf|wall shelf|wall-mounted shelf|bookcase)/)],
  ['para', 'tuffet', any(footstool, T(/^pouffe/)), stool],
  ['para', 'pew', bench],
  [
    'para',
    'low unit for the telly',
    tvBench,
    all(T(/tv (storage|bench)|for tv|media storage/), not(T(/bracket|top panel/))),
  ],
  ['para', 'somewhere for my paperback collection', bookcase, any(shelving, T(/^wall shelf/))],
  ['para', 'put away socks and underwear', chestAll, any(drawerUnit, T(/wardrobe.*drawers/))],
  [
    'para',
    'hang up dresses and suits',
    anyWardrobe,
    all(any(T(/clothes (rail|rl)|clths rl/), C(/^Wardrobes/)), not(T(/^shelf|^storage unit/))),
  ],
  ['para', 'prop up my tired feet', any(footstool, T(/^foot-rest/)), stool],
  ['para', 'climb up to reach high cupboards', T(/^(step stool|stepladder|children's step stool)/)],
  [
    'para',
    'somewhere to leave trainers and boots',
    T(/shoe/),
    T(/^(storage )?bench (with|w)|^storage bench/),
  ],
  ['para', 'doze suspended from two trees', T(/^hammock(?!.*stand)/), T(/^hammock with/)],
  [
    'para',
    'al fresco lounging for the whole family',
    all(outdoor, T(/sofa|conversation set/), not(part), not(T(/section/))),
    all(outdoor, T(/^(sun )?lounger|^hammock(?! stand)/), not(part)),
  ],
  [
    'para',
    'breakfast for two on the balcony',
    smallOut,
    all(outdoor, T(/^(table(,| for wall)|table.2 benches|bar table|gateleg|drop-leaf|wall panel)/)),
  ],
  ['para', 'booster for a five-year-old at mealtimes', T(/^(junior chair|junior\/highchair)/), highchair],
  [
    'para',
    'seat that spins round',
    all(T(/^(office|swivel|desk) chair|^swivel armchair|children's desk chair/), not(part)),
    T(/conference chair/),
  ],
  ['para', 'gently sway while nursing', all(rocking, not(kid)), all(rocking)],
  [
    'para',
    'keep confidential papers safe',
    T(/with smart lock|file cabinet|drop-file/),
    any(T(/^smart lock/), drawerUnit, all(S(/galant/), T(/^(cabinet|storage comb)/))),
  ],
  ['para', 'boardroom gatherings', T(/^conference/)],
  ['para', 'serve tea on wheels', all(trolleyAll), T(/^(tray stand|tray table|side table on castors)/)],
  [
    'para',
    'flips down out of the way after eating',
    T(/drop-leaf|gateleg|gate-leg|foldable table/),
    all(T(/table/), any(S(/foldable/), T(/foldable/))),
  ],
  [
    'para',
    'shelter for garden seat pads when it rains',
    T(/^storage (bag for|box, outdoor)|cover for furniture set/),
    all(outdoor, T(/^cover/)),
  ],
  [
    'para',
    'new outfit for a shabby old couch',
    T(/cover.*(sofa|section)|sofa.*cover/),
    all(T(/cover/), C(/^Sofas/)),
  ],
  [
    'para',
    'lean on it while I toil upright',
    T(/standing support|active sit\/stand/),
    T(/sit\/stand|standing desk/),
  ],
  ['para', 'hang up wet washing', T(/drying rack/), T(/clothes rail/)],
  [
    'para',
    'grandad by the fireplace',
    all(any(T(/^wing chair|^high-back armchair/), recliner, armchair), not(outdoor)),
    all(rocking, not(kid)),
  ],
  [
    'para',
    'all sprawl together on film night',
    all(indoorSofa, T(/^(corner|u-shaped|modular corner|4-seat|5-seat)/)),
    any(indoorSofa, T(/^(corner) sofa-bed/)),
  ],
  ['para', 'show off figurines without dust', glassDoor, T(/^storage comb.*glass|cabinet.*glass/)],
  [
    'para',
    'stow duvets beneath where we sleep',
    withStorageBed,
    T(/^(underbed|bed frame, high|ottoman|extendable bed|loft)/),
  ],
  ['para', 'prop up my ipad', T(/tablet|laptop (stand|support)/), T(/laptop table/)],
  // facts
  [
    'fact',
    'beige armchair',
    all(armchair, S(/beige/)),
    all(
      T(/^(rocking-chair|recliner|swivel armchair|armchair-bed|children's armchair(?! ))/),
      S(/beige/),
      not(part),
    ),
  ],
  ['fact', 'dark blue sofa', all(indoorSofa, S(/dark-blue/)), all(any(anySofa, anySofaBed), S(/blue/))],
  [
    'fact',
    'red chair',
    all(
      any(diningChair, folding, office, T(/^children's (chair|desk chair)|^junior chair/), armchair),
      seg('red'),
      not(S(/red-brown|brown-red|red-orange/)),
      not(part),
    ),
    all(
      T(
        /^(chair|rocking-chair|folding|office|swivel|easy|junior|children's|armchair|stool|bar stool|chaise)/,
      ),
      seg('(red|orange|pink)'),
      T(/chair/),
      not(part),
    ),
  ],
  [
    'fact',
    'oak table',
    all(
      T(
        /^(((dining|extendable|drop-leaf|gateleg|coffee|side|conference|console|bedside|bar) )?table(,|$)|nest of tables)/,
      ),
      seg('oak'),
      not(S(/oak-effect/)),
    ),
    all(T(/table/), seg('oak'), not(T(/top|leg\b|underframe|frame/))),
  ],
  ['fact', 'walnut tv bench', all(tvBench, S(/walnut/)), all(T(/tv/), S(/walnut/))],
  ['fact', 'wardrobe with mirror doors', all(anyWardrobe, S(/mirror/)), all(S(/mirror/), C(/^Wardrobes/))],
  [
    'fact',
    'wardrobe taller than 2.3 m',
    all(
      any(anyWardrobe, all(C(/^Wardrobes/), not(T(/shelf|storage unit|cabinet/)))),
      (i: JudgedItem) => i.height >= 230,
    ),
    all(anyWardrobe, (i: JudgedItem) => i.height >= 200),
  ],
  ['fact', 'chest with three drawers', T(/^(modular )?chest of 3 drawers/)],
  [
    'fact',
    'chest of drawers narrower than 50 cm',
    all(chestAll, (i: JudgedItem) => i.width !== null && i.width < 50),
    all(drawerUnit, (i: JudgedItem) => i.width !== null && i.width < 50),
  ],
  [
    'fact',
    'sofa bed under two thousand five hundred',
    all(anySofaBed, below(2500)),
    all(anySofaBed, below(2800)),
  ],
  [
    'fact',
    'tv bench 47 inches wide',
    all(tvBench, longest(120)),
    all(T(/tv bench/), (i: JudgedItem) => (i.width ?? 0) >= 105 && i.width <= 135),
  ],
  [
    'fact',
    'coffee table 1.2 m long',
    all(coffee, longest(120)),
    all(coffee, (i: JudgedItem) => {
      const v = Math.max(...dims2(i).slice(0, 2), 0);
      return v >= 108 && v <= 132;
    }),
  ],
  [
    'fact',
    'office chair with armrests',
    T(/^office chair with armrests/),
    any(T(/^conference chair with armrests/), office),
  ],
  [
    'fact',
    'sofa with chaise longue',
    all(indoorSofa, any(S(/chaise/), T(/chaise/))),
    all(anySofaBed, S(/chaise/)),
  ],
  [
    'fact',
    'black table with four chairs',
    all(T(/table and 4 chairs|table\+4 chairs/), S(/black(?!-brown)/)),
    all(T(/table.*4.*chairs/), S(/black|anthracite/)),
  ],
  [
    'fact',
    "child's chair for under a hundred",
    all(T(/^children's (chair|easy chair|desk chair)/), below(100)),
    all(
      kid,
      T(/^(children's|junior) (chair|easy|desk chair|stool|armchair(?! (frame|cushion)))/),
      below(200),
    ),
  ],
  ['fact', 'double bed 180 x 200', all(T(/bed/), T(/180x200/), not(part))],
  [
    'fact',
    'sofa costing over five thousand',
    all(anySofa, over(5000)),
    all(any(anySofa, anySofaBed), over(4500)),
  ],
  ['fact', 'bookcase with glass doors', all(bookcase, T(/glass|glss/)), all(bookcase, S(/glass/))],
  [
    'fact',
    'birch chair',
    all(
      T(
        /^(chair|stool|armchair|rocking-chair|folding chair|high-back|easy chair|junior chair|children's (chair|armchair))/,
      ),
      S(/birch/),
      not(part),
      not(T(/frame|^stool/)),
    ),
    all(T(/^(bar stool|stool|storage stool|footstool|chair|armchair)/), S(/birch/), not(part)),
  ],
  [
    'fact',
    'wardrobe between 1000 and 1500',
    all(anyWardrobe, (i: JudgedItem) => i.price >= 1000 && i.price <= 1500),
    all(anyWardrobe, (i: JudgedItem) => i.price >= 900 && i.price <= 1650),
  ],
  ['fact', 'bookcase 28 cm deep', all(bookcase, any(deep(28), T(/x28x/)))],
  [
    'fact',
    'foldable outdoor table',
    all(
      outdoor,
      T(/table/),
      any(S(/foldable/), T(/foldable|gateleg|gate-leg|drop-leaf|folding/)),
      not(T(/chair|bench|top|chr/)),
    ),
    all(outdoor, T(/table.*(fold|chairs)/), any(S(/fold/), T(/fold/))),
  ],
  ['fact', 'bar stool 29 inches high', all(barStool, T(/\b7[45] cm/)), all(barStool, T(/\b(7[2-9]|8\d) cm/))],
  [
    'fact',
    'shallow wardrobe at most 44 cm deep',
    all(anyWardrobe, (i: JudgedItem) => i.depth <= 44),
    all(anyWardrobe, (i: JudgedItem) => i.depth <= 50),
  ],
  // typos
  ['typo', 'armchiar', armchair, T(/^(armchair-bed|swivel armchair|children's armchair(?! ))/)],
  ['typo', 'bookcaes', bookcase],
  ['typo', 'swivvel chair', all(T(/^swivel/), not(part)), office],
  ['typo', 'bed side tabels', bedside, T(/^(side table(?! for)|tray table|storage table)/)],
  ['typo', 'nestof tables', T(/^nest of tables/), T(/^(side table(?! for)|tray table)/)],
  [
    'typo',
    'foot stool',
    any(T(/^footstool(?! (cover|cushion|module))/)),
    T(/^(pouffe|stool(,|$)|footstool module)/),
  ],
  ['typo', 'gray armchair', all(armchair, S(/gr[ea]y/)), all(armchair, S(/anthracite/))],
  ['typo', 'trollies', trolleyAll, T(/^(tray stand|side table on castors)/)],
  ['typo', 'gate leg tabel', T(/gateleg table|gate-leg table/), T(/drop-leaf table/)],
  ['typo', 'tvbench', tvBench, T(/^tv storage|^cabinet combination for tv|^media storage/)],
  ['typo', 'step ladder', T(/^stepladder/), T(/step stool/)],
  ['typo', 'sofer bed', anySofaBed],
  ['typo', 'changeing tabel', T(/^changing (table|tbl)/)],
  ['typo', 'loftbed', T(/^loft bed/)],
  ['typo', 'dinning chairs', diningChair, folding],
  ['typo', 'hi chair', highchair, T(/^junior chair/)],
  ['typo', 'room devider', C(/^Room dividers/), all(C(/^Room dividers/), not(T(/^cover/)))],
  [
    'typo',
    'outdore sofa',
    all(outdoor, T(/sofa/), not(T(/section/)), not(part)),
    all(outdoor, T(/conversation set|section/), not(part)),
  ],
  [
    'typo',
    'glass dore cabinet',
    all(T(/glass-door cabinet|cabinet with (sliding )?glass doors?/)),
    T(/^(bookcase|storage comb).*glass/),
  ],
  [
    'typo',
    'dezk',
    all(T(/^(children's |corner |standing )?desk\b(?!.*(\btop\b|\bchair\b|\bspace\b))/), not(part)),
    T(/^(laptop table|desk combination|reception desk)/),
  ],
];
