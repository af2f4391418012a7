// Judged queries over the home furniture catalogue, set 2, written by somebody who had not seen the search. Before it was run
// for the first time nothing was tuned on it.
import {
  all,
  any,
  below,
  category as C,
  type Judged,
  type JudgedItem,
  not,
  slug as S,
  text as T,
  wide,
} from './catalog-judged-rules.ts';

const part = T(
  /^(cover|legs?\b|inner|handle|knob|seat shell|underframe|frame\b|door\b|drawer front|armrest|pair of|headrest|storage box)|\bcover\b|cushion|\bpad\b|(chair|stool|backrest) frame\b|^legs for|^net\b|\btray$/,
);
const outdoor = any(C(/^Outdoor/), T(/outdoor/));
const sofa = all(T(/sofa/), not(T(/sofa-bed|section|module\b/)), not(part));
const sofabed = all(T(/sofa-bed/), not(T(/cover|section|^storage box|sofa-bed module/)));
const three = all(sofa, T(/^(3|three)-seat/));
const corner = all(T(/^(modular )?corner sofa/), not(T(/bed/)), not(part));
const armchair = all(
  T(/^armchair(?!-bed)|^high-back armchair|^wing chair|^easy chair/),
  not(part),
  not(T(/frame/)),
);
const footstool = all(T(/^(footstool|pouffe)/), not(part), not(T(/module/)));
const recliner = all(T(/^recliner/), not(part));
const rocking = all(T(/^rocking/), not(part));
const wardrobe = all(T(/^(open |corner )?wardrobe/), not(part));
const chest = T(/^(modular )?chest of/);
const drawerUnit = T(/^drawer unit/);
const bookcase = T(/^bookcase/);
const shelving = T(
  /^((open )?shelving unit|shelf unit|wall shelf unit|shelv unit|wall-mounted shelving unit|\d sections?\b.*|\d shelf sections?)/,
);
const desk = all(T(/^(corner )?desk\b(?! (top|chair|space))/), not(part));
const coffee = all(T(/^coffee table/), not(part));
const side = T(/^(side table|nest of tables|tray table|storage table)/);
const bedside = T(/^bedside table/);
const tvBench = T(/^tv bench/);
const cot = all(T(/^cot\b/), not(part));
const bed = all(
  T(
    /^(upholstered |ext |loft |bunk |day-|divan |guest |ottoman |reversible |stackable |extendable )?bed\b(?! tent| canopy)/,
  ),
  not(part),
);
const barStool = all(T(/^bar stool/), not(part));
const office = all(T(/^(office|swivel) chair/), not(part));
const folding = all(
  any(T(/^folding chair/), all(T(/^chair\b/), any(T(/foldable/), S(/foldable/)))),
  not(part),
);
const growing = all(T(/^(extendable|gateleg|drop-leaf|wall-mounted drop-leaf) table/), not(part));
const glassCab = T(/^glass-door cabinet|^(high )?cabinet with (sliding )?glass.doors?/);
const dressing = all(T(/^dressing table/), not(part));
const console_ = T(/^console table/);
const trolley = T(/^(kitchen )?trolley/);
const island = T(/^kitchen island/);
const hammock = T(/^hammock(?! stand)/);
const lounger = all(T(/^(sun )?lounger/), not(part));
const mattress = all(T(/^(foam |pocket sprung |spring )?mattress/), not(part));
const kid = any(
  C(/^(Children|Nursery)/),
  T(/^(children|junior)/),
  S(/^(busunge|stuva|pahl|mammut|oerfjaell|vimund)/),
);
const white = S(/white/);
const grey = S(/gr[ea]y/);
const darkGrey = S(/dark-grey/);
const pink = S(/pink/);
const yellow = S(/yellow/);
const pine = S(/pine/);
const glass = S(/glass/);
const bamboo = S(/bamboo/);
const rattan = S(/rattan/);
const turquoise = S(/turquoise/);
const steel = S(/stainless-steel/);

export const QUERIES: readonly Judged[] = [
  // nouns
  ['noun', 'footstool', all(T(/^footstool/), not(part), not(T(/module/))), T(/^(pouffe|footstool module)/)],
  ['noun', 'console table', console_],
  ['noun', 'gateleg table', T(/^gateleg table/), T(/gate-?leg|drop-leaf table|^extendable table/)],
  ['noun', 'recliner', recliner, T(/^reclining chair/)],
  ['noun', 'bunk bed', T(/^bunk bed/), T(/^loft bed/)],
  ['noun', 'bar stool', barStool],
  ['noun', 'bedside table', bedside],
  [
    'noun',
    'highchair',
    all(T(/highchair/), not(T(/^highchair tray|cover|cushion|seat shell/))),
    T(/^junior chair/),
  ],
  ['noun', 'cot', cot, T(/^cradle/)],
  ['noun', 'changing table', T(/^changing t(able|bl)/)],
  ['noun', 'U-shaped sofa', all(T(/^u-shaped/), not(part)), corner],
  ['noun', 'armchair', armchair, any(all(T(/^swivel armchair|^armchair-bed/), not(part)), recliner, rocking)],
  ['noun', 'coffee table', coffee, T(/^(nest of tables|storage table|side table|tray table)/)],
  ['noun', 'office chair', office, all(T(/^(conference chair|desk chair)/), not(part))],
  ['noun', 'wardrobe', wardrobe],
  ['noun', 'knob', T(/^knob/), T(/handle/)],
  [
    'noun',
    'storage bench',
    T(/^storage bench|^bench with .*storage/),
    T(/storage bench|^storage stool|^footstool with storage/),
  ],
  ['noun', 'sun lounger', lounger, T(/^reclining chair, outdoor/)],
  ['noun', 'conversation set', T(/conversation set/), all(outdoor, sofa)],
  ['noun', 'laptop table', T(/^laptop (table|stand)/), any(T(/^laptop|laptop table/), desk)],
  ['noun', 'mattress', mattress, T(/mattress/)],
  ['noun', 'reception desk', T(/^reception desk/)],
  ['noun', 'pouffe', T(/^pouffe/), footstool],
  [
    'noun',
    'wall shelf',
    T(/^wall shelf|^display shelf|^wall-mounted shel/),
    T(/^wall-mounted (storage|cabinet)|^wall storage|^wall upright\/shelves/),
  ],
  ['noun', 'kitchen trolley', T(/^kitchen trolley/), any(T(/^trolley/), island)],
  // paraphrases
  [
    'para',
    'spot for jackets in the hallway',
    T(/^open wardrobe|^(shelving unit|frame) with clothes rail|^frames?\/.*(clothes rails|clths rl)|hooks/),
    any(wardrobe, T(/clothes rail|\/rod\b/)),
  ],
  ['para', 'where my newborn sleeps at night', any(cot, T(/^cradle/))],
  [
    'para',
    'somewhere overnight visitors can crash',
    any(sofabed, T(/^guest bed|^armchair-bed|^pouffe\/mattress/)),
    T(/^day-bed|^(stackable|extendable) bed|sofa-bed module/),
  ],
  ['para', 'nightstand', bedside, T(/^side table/)],
  ['para', 'couch', sofa, any(sofabed, all(T(/^chaise longue/), not(part)))],
  ['para', 'dresser', chest, any(drawerUnit, T(/chest of drawers/))],
  ['para', 'armoire', wardrobe],
  ['para', 'tallboy', all(chest, (i: JudgedItem) => i.height >= 95), chest],
  ['para', 'futon', sofabed, T(/^(day-bed|guest bed|pouffe\/mattress|armchair-bed)|sofa-bed module/)],
  ['para', 'vanity', dressing],
  ['para', 'vitrine', glassCab, T(/glass.doors?\b(?!\/)|glass doors?/)],
  ['para', 'hassock', footstool, T(/^foot-rest|^footstool module/)],
  [
    'para',
    'sectional couch',
    any(corner, all(T(/^u-shaped/), not(part))),
    any(
      T(/^(corner sofa-bed|modular corner)/),
      all(T(/modular sofa/), not(part)),
      all(sofa, S(/chaise-longue/)),
    ),
  ],
  [
    'para',
    'somewhere a preschooler can draw and paint',
    T(/^children's (table|picnic table|desk(?! chair))/),
    T(/^children's (chair|bench|stool|desk chair)/),
  ],
  ['para', 'entertainment center', T(/^(tv|media) storage|^cabinet combination for tv/), tvBench],
  ['para', 'den for little ones to hide in', T(/^(children's|bed) tent/), T(/^bed canopy/)],
  [
    'para',
    'comfy spot to curl up with a novel',
    any(all(armchair, not(outdoor)), recliner),
    any(armchair, rocking, all(T(/^swivel armchair|^chaise longue/), not(part))),
  ],
  ['para', 'computer work while on my feet', all(desk, T(/sit\/stand/)), T(/sit\/stand|^standing support/)],
  [
    'para',
    'somewhere for teddies and lego',
    any(T(/toy/), all(S(/trofast/), T(/storage comb|wall storage/))),
    any(S(/trofast/), T(/^storage bench/)),
  ],
  ['para', 'sleep up high with free floor beneath', T(/^loft bed/), T(/^(bunk|reversible) bed/)],
  [
    'para',
    'patio dinner for half a dozen people',
    all(C(/^Outdoor/), T(/^table ?\+ ?6/)),
    all(C(/^Outdoor/), T(/^table ?\+ ?(4|8)|^drop-leaf table|^table, outdoor, 1[45]\d/)),
  ],
  [
    'para',
    'gets bigger when more people come for supper',
    growing,
    T(/^table (and|\+|with).*1[0-9]{2}\/[12][0-9]{2}/),
  ],
  [
    'para',
    'something extra to sit on that packs away flat',
    folding,
    any(
      all(T(/^(stool|bar stool|reclining chair)/), any(T(/foldable/), S(/foldable/)), not(part)),
      T(/folding chairs/),
    ),
  ],
  [
    'para',
    'free-standing worktop for preparing vegetables',
    any(island, T(/^work bench/)),
    T(/^kitchen trolley/),
  ],
  [
    'para',
    'slim surface in the entrance hall for keys and letters',
    console_,
    any(T(/^side table(?!.*outdoor)/), T(/^wall shelf/)),
  ],
  // facts
  ['fact', 'bookcase 40 cm wide', all(bookcase, wide(40))],
  ['fact', 'coffee table with glass top', all(coffee, glass), all(side, glass)],
  [
    'fact',
    'dining table with six chairs',
    all(T(/^table (and|with) 6 chairs/), not(outdoor)),
    T(/^table ?(and|with|\+) ?[68]/),
  ],
  [
    'fact',
    'pine shelving unit',
    all(any(shelving, bookcase), pine),
    all(pine, T(/shel(f|ves|ving)|storage comb/), not(part), not(T(/^(shelf|insert|extra)/))),
  ],
  ['fact', 'bed frame 160 x 200', all(bed, T(/160x200/), not(T(/^divan/))), all(bed, T(/160x200/))],
  [
    'fact',
    'single bed 90 by 200 cm with storage',
    all(bed, T(/90x200/), T(/storage|drawer/)),
    all(bed, not(T(/^(bunk|loft)/)), any(T(/90x200/), T(/drawer.*80x200/))),
  ],
  [
    'fact',
    'dark grey corner sofa',
    all(corner, darkGrey, not(outdoor)),
    all(T(/^(modular )?corner sofa/), grey, not(part)),
  ],
  [
    'fact',
    'furniture made of bamboo',
    all(
      bamboo,
      not(part),
      not(T(/^(chopping|holder|shelf|table top|desk space|drawer\b|bracket|wall upright,)/)),
    ),
  ],
  [
    'fact',
    'rattan chair',
    all(rattan, T(/^((arm|easy |rocking-|swivel )?chair|high-back)/), not(part)),
    all(rattan, T(/chair|armchair|conversation|stool/), not(part)),
  ],
  [
    'fact',
    'yellow armchair',
    all(armchair, yellow),
    all(T(/armchair|chair with armrests/), yellow, not(part)),
  ],
  [
    'fact',
    'tv bench 1.8 m wide',
    all(tvBench, wide(180)),
    all(T(/^(tv|cabinet combination for tv)/), wide(180)),
  ],
  ['fact', 'wardrobe two metres wide', all(wardrobe, wide(200))],
  ['fact', 'wardrobe lower than 140 cm', all(wardrobe, (i: JudgedItem) => i.height < 140)],
  [
    'fact',
    "pink children's furniture",
    all(kid, pink, not(part), not(T(/^(storage box|storage case|bed tent|shelf|top)/))),
    all(pink, any(kid, T(/tent/))),
  ],
  [
    'fact',
    'three-seater sofa for less than two thousand',
    all(three, below(2000)),
    all(T(/^(3|three)-seat.*sofa/), not(part), not(T(/section/)), below(2000)),
  ],
  ['fact', 'bedside table below two hundred', all(bedside, below(200))],
  ['fact', 'bar stool 63 cm', all(barStool, T(/\b63\b/)), all(barStool, T(/\b6[3-6]\b/))],
  ['fact', 'foldable bar stool', all(barStool, T(/foldable/))],
  ['fact', 'chest with eight drawers', T(/^chest of 8 drawers/)],
  [
    'fact',
    'white chair with armrests',
    all(T(/^chair with armrests/), S(/armrests-(rattan-)?white/), not(part)),
    all(T(/chair with armrests/), white, not(part)),
  ],
  ['fact', 'desk 55 inches wide', all(desk, wide(140))],
  ['fact', 'stainless steel trolley', all(trolley, steel), all(steel, T(/trolley|work bench/))],
  [
    'fact',
    'turquoise sofa',
    all(sofa, turquoise),
    all(turquoise, any(sofabed, T(/^chaise longue|section/)), not(part)),
  ],
  ['fact', 'cot with drawers', T(/^cot with drawers/)],
  ['fact', 'table extends from 180 to 240 cm', all(growing, T(/180\/240/)), T(/^table.*180\/240/)],
  // spelling
  ['typo', 'coffe tabel', coffee, side],
  ['typo', 'sideborads', T(/^sideboard/), C(/^Sideboards/)],
  ['typo', 'rockingchair', rocking],
  ['typo', 'book case', bookcase, shelving],
  ['typo', 'hamock', hammock, T(/hammock/)],
  [
    'typo',
    'arm chair',
    armchair,
    any(
      all(
        T(/^swivel armchair|^armchair-bed|^children's armchair|chair with armrests/),
        not(part),
        not(T(/frame/)),
      ),
      recliner,
    ),
  ],
  ['typo', 'wordrobe', wardrobe],
  ['typo', 'foldding chare', folding, T(/folding chairs/)],
  ['typo', 'chest of draws', chest, T(/chest of drawers|^drawer unit/)],
  ['typo', 'matriss', mattress, T(/mattress/)],
  ['typo', 'ofice chair', office, all(T(/^(conference chair|desk chair)/), not(part))],
  ['typo', 'barstools', barStool, T(/^bar table and/)],
  ['typo', 'bunkbeds', T(/^bunk bed/), T(/^loft bed/)],
  ['typo', 'kitchn iland', island, T(/^kitchen trolley/)],
  ['typo', 'sun lounjer', lounger],
  ['typo', 'dresing tabel', dressing],
  ['typo', 'hedboards', T(/^headboard/), T(/headboard/)],
  ['typo', 'shelfing unit', shelving, T(/^bookcase|^wall shelf|^display shelf/)],
  ['typo', 'conferance table', T(/^conference table/)],
  ['typo', 'extendible tables', T(/^extendable table/), growing],
  ['typo', 'cornr soffa', corner, all(T(/^(corner sofa-bed|modular corner sofa)/), not(part))],
  [
    'typo',
    'chase long',
    all(T(/^chaise longue/), not(part), not(T(/section/))),
    any(all(T(/chaise longue/), not(part)), all(sofa, S(/chaise-longue/))),
  ],
  ['typo', 'consol table', console_],
  ['typo', 'multicolor sofa', all(sofa, S(/multicolour/)), all(sofabed, S(/multicolour/))],
  ['typo', 'aluminum bed frame', all(bed, S(/aluminium/))],
];
