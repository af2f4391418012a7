// Colours, materials and furniture makers. Makers are matched as names; colours and materials as words.

export const COLORS: readonly string[] = `
white black grey gray red blue green yellow orange purple violet pink brown beige tan cream ivory navy teal turquoise
aqua cyan magenta maroon burgundy crimson scarlet coral salmon peach apricot terracotta rust ochre mustard gold golden silver
charcoal graphite anthracite slate taupe khaki olive sage mint emerald lime indigo lavender lilac plum mauve
fuchsia espresso mocha caramel sand stone camel blush rose champagne cobalt denim mulberry aubergine eggplant
greige off-white jade moss fern lemon amber cognac ecru bone pewter
`
  .trim()
  .split(/\s+/);

/** May stand before a colour and belongs to it: "light grey", "forest green". */
export const COLOR_SHADES =
  'light|dark|deep|pale|soft|warm|cool|bright|dusty|muted|bold|vivid|rich|burnt|navy|royal|sky|powder|baby|midnight|steel|slate|charcoal|forest|sage|emerald|olive|hunter|bottle|moss|mint|lime|kelly|racing|sea|sunshine|lemon|mustard|blood|brick|cherry|wine|ruby|rose|hot|blush|off|snow|jet|pearl|ash|dove|stone|silver|graphite|smoke|smoky|electric|cobalt|petrol|ice|ocean|neutral|chocolate|creamy|teal|matte|ink|sandy|earthy|mid|medium|golden|tangerine|pumpkin|pastel';

export const MATERIALS: readonly string[] = `
wood timber oak walnut maple birch beech ash cherry pine bamboo teak mahogany cedar elm ebony rosewood hickory alder ash
plywood veneer laminate melamine mdf steel aluminum aluminium metal iron brass bronze copper chrome glass leather leatherette
vinyl wool felt fabric cotton linen velvet mesh polyester nylon cork concrete marble granite quartz terrazzo stone
ceramic acrylic plastic rattan wicker linoleum suede boucle tweed hemp jute canvas chenille corian mohair hardwood softwood
porcelain travertine rubber
`
  .trim()
  .split(/\s+/);

/** May stand before a material and belongs to it: "light oak", "stainless steel", "recycled plastic". */
export const MATERIAL_KINDS =
  'light|dark|white|black|natural|solid|reclaimed|recycled|stainless|brushed|powder coated|blackened|tempered|frosted|faux|vegan|real|genuine|full grain|birch|oak|walnut|maple|ash|beech|bamboo|pine|cherry|limed|smoked|bleached|pale|warm|rustic|engineered|european|american|red|english|perforated|raw|polished|matte|high pressure|salvaged|sustainable|fsc certified|fsc|certified|ocean|post consumer|upcycled|weathered|blonde|blond|exposed|corrugated|anodized|merino|bio based|knit';

/** Words after a colour or a material that make it something else. */
export const COLOR_GUARD_AFTER =
  /^ ?(?:street|st|avenue|road|boards?|glove|noise|papers?|collar|card|flag|tape|label|house|light(?:s)? (?:to|from|for)|chip|sky thinking|book|cross|shield|river|wood|oak|walnut|ash|birch|maple|beech|laminate|buildings?|initiative|energy|credentials?|belt|team|(?:and|or) sustainab|(?:and|or) eco|certif|standards?|guard|list|box|hat|lining|star|sea|friday|market|sheet|hill|park|lake|bay|valley|rock|bear|tie|economy|roof|walls?(?= (?:would|for|is))|walling|field|walls and plants)\b/;
export const MATERIAL_GUARD_AFTER =
  /^ ?(?:street|st|avenue|road|doors?|walls?|fronts?|fronted|windows?|offices?|partitions?|facade|building|ceiling|(?:of )?(?:water|wine)|company|industry|mill|case|works|shop|jungle|tower|hill|park|grove|industries|manufacturer|supplier|co|firm|products company|plant|floor(?:s|ing)?|columns?|beams?|slab|structure|stairs?|wednesday)\b/;

/** Real makers of contract furniture, matched without regard to case; spelling as they write it. */
export const KNOWN_BRANDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'OFS',
    'HBF',
    'Steelcase',
    'Herman Miller',
    'MillerKnoll',
    'Haworth',
    'Knoll',
    'Teknion',
    'Allsteel',
    'Kimball',
    'HON',
    'Humanscale',
    'Vitra',
    'Vari',
    'Kinnarps',
    'Global Furniture',
    'National Office Furniture',
    'Krueger International',
    'KI',
    'Sedus',
    'Interstuhl',
    'Wilkhahn',
    'Arper',
    'Andreu World',
    'Bernhardt',
    'Coalesse',
    'Davis Furniture',
    'Framery',
    'Room',
    'Zenbooth',
    'Geiger',
    'Gunlocke',
    'Hay',
    'Muuto',
    'Keilhauer',
    'Nienkämper',
    'SitOnIt',
    'Stylex',
    'Turnstone',
    'Orangebox',
    'Bene',
    'Boss Design',
    'Senator',
    'Allermuir',
    'Indiana Furniture',
    'JSI',
    'Jasper Group',
    'Enwork',
    'Groupe Lacasse',
    'Lacasse',
    'Tayco',
    'Trendway',
    'West Elm',
    'Blu Dot',
    'Emeco',
    'Loftwall',
    'Landscape Forms',
    'Uplift',
    'Fully',
    'Nucraft',
    'Naughtone',
    'Carolina',
    'Halcon',
    'Darran',
    'Versteel',
    'Watson',
    'Okamura',
    'Kokuyo',
    'Ikea',
    'Poppin',
    'Branch',
    'Autonomous',
    'Workrite',
    'ESI Ergonomics',
    'Friant',
    'AIS',
    'Inscape',
    'Via Seating',
    'Nightingale',
    'Encore',
    'Cumberland',
    'Source International',
    'Spec Furniture',
    'Stance',
    'Carl Hansen',
    'Fritz Hansen',
    'Cassina',
    'Arcadia',
    'Moroso',
    'Magis',
    'Pedrali',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Makers whose name is an everyday word: only believed where a brand is clearly meant. */
export const SHY_BRANDS = new Set([
  'room',
  'fully',
  'branch',
  'autonomous',
  'source international',
  'senator',
  'carolina',
  'encore',
  'stance',
  'watson',
  'hay',
  'via seating',
  'bene',
  'uplift',
  'arcadia',
  'ki',
  'vari',
  'hon',
  'ais',
  'cumberland',
  'nightingale',
  'spec furniture',
]);
