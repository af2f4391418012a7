// Colours and materials as people name them, brought to a small set of basic ones. General knowledge, no catalogue's list.
import { stem, wordsOf } from './words.ts';

const COLOR_WORDS: Readonly<Record<string, string>> = {
  black: 'black|ebony|jet|onyx|black brown',
  white: 'white|off white|snow|chalk|pearl|alabaster|bright white|high gloss white',
  gray: 'gray|charcoal|anthracite|slate|graphite|ash gray|smoke|light gray|dark gray|silver gray|gray elm|pewter|stone gray',
  brown:
    'brown|chocolate|espresso|coffee brown|cognac|tan|chestnut|mocha|dark brown|light brown|medium brown|brown stained|caramel|wenge',
  beige:
    'beige|cream|ivory|sand|oatmeal|ecru|taupe|camel|natural|linen white|eggshell|bone|off white|light beige|dark beige|nude',
  blue: 'blue|navy|azure|sky blue|royal blue|cobalt|indigo|denim|petrol|petrol blue|dark blue|light blue|midnight|deep blue|aqua',
  turquoise: 'turquoise|teal|aqua|aquamarine|cyan|mint',
  green:
    'green|olive|sage|emerald|forest green|moss green|lime|khaki|dark green|light green|mint|bottle green|mossy',
  red: 'red|burgundy|crimson|scarlet|maroon|wine red|ruby|cherry red|brick|bordeaux|rust|terracotta|dark red',
  pink: 'pink|blush|fuchsia|magenta|salmon|light pink|coral',
  purple: 'purple|violet|lilac|lavender|plum|mauve|aubergine',
  yellow: 'yellow|mustard|lemon|ochre|golden yellow|sunny',
  orange: 'orange|rust|terracotta|apricot|tangerine|copper orange|peach',
  gold: 'gold|golden|brass|brass color',
  silver: 'silver|silvery|silver color|chrome plated|stainless',
  copper: 'copper|bronze|rose gold',
  clear: 'clear|transparent|see through|colorless',
  multicolor: 'multicolor|multicolored|multi color|colorful|rainbow|patterned|floral|striped|assorted colors',
};

const MATERIAL_WORDS: Readonly<Record<string, string>> = {
  wood: 'wood|wooden|solid wood|timber|hardwood|softwood|plywood|veneer|lumber',
  oak: 'oak|oak veneer|natural oak|oak effect',
  walnut: 'walnut',
  birch: 'birch',
  pine: 'pine',
  ash: 'ash veneer|ash wood|light ash',
  beech: 'beech',
  bamboo: 'bamboo',
  acacia: 'acacia',
  teak: 'teak',
  maple: 'maple',
  cherry: 'cherry wood|cherry veneer',
  eucalyptus: 'eucalyptus',
  rattan: 'rattan|wicker|woven cane|seagrass|water hyacinth',
  metal: 'metal|metallic|iron|wrought iron|cast iron',
  steel: 'steel|stainless steel|galvanized|powder coated steel|galvanised',
  aluminum: 'aluminum',
  chrome: 'chrome|chrome plated',
  brass: 'brass',
  glass: 'glass|tempered glass|frosted glass|toughened glass',
  mirror: 'mirror|mirrored',
  leather: 'leather|faux leather|leatherette',
  fabric: 'fabric|textile|upholstered|upholstery|cloth cover|linen|cotton|polyester|canvas',
  velvet: 'velvet|velour|plush',
  wool: 'wool|woolen',
  mesh: 'mesh|net back|breathable back',
  felt: 'felt|recycled pet felt',
  plastic: 'plastic|polypropylene|acrylic|polycarbonate|perspex|resin',
  laminate: 'laminate|laminated|melamine|linoleum',
  marble: 'marble|stone|granite|travertine',
  concrete: 'concrete|cement',
};

/** Materials that are kinds of another. */
const MATERIAL_KINDS: Readonly<Record<string, string>> = {
  oak: 'wood',
  walnut: 'wood',
  birch: 'wood',
  pine: 'wood',
  ash: 'wood',
  beech: 'wood',
  bamboo: 'wood',
  acacia: 'wood',
  teak: 'wood',
  maple: 'wood',
  cherry: 'wood',
  eucalyptus: 'wood',
  steel: 'metal',
  aluminum: 'metal',
  chrome: 'metal',
  brass: 'metal',
  velvet: 'fabric',
  wool: 'fabric',
  felt: 'fabric',
};

export interface Named {
  readonly value: string;
  readonly from: number;
  /** exclusive */
  readonly to: number;
}

interface Names {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** first words of names, to pass over other words quickly */
  readonly first: ReadonlySet<string>;
}

function index(table: Readonly<Record<string, string>>): Names {
  const names = new Map<string, string[]>();
  for (const [value, words] of Object.entries(table)) {
    for (const name of words.split('|')) {
      const key = wordsOf(name).map(stem).join(' ');
      names.set(key, [...(names.get(key) ?? []), value]);
    }
  }
  return { values: names, first: new Set([...names.keys()].map((name) => name.split(' ')[0] ?? '')) };
}

const COLOR_NAMES = index(COLOR_WORDS);
const MATERIAL_NAMES = index(MATERIAL_WORDS);

function find(stems: readonly string[], names: Names): Named[] {
  const found: Named[] = [];
  for (let from = 0; from < stems.length; ) {
    if (!names.first.has(stems[from]!)) {
      from += 1;
      continue;
    }
    let to = from;
    for (let count = 3; count > 0 && to === from; count -= 1) {
      const values =
        from + count <= stems.length
          ? names.values.get(stems.slice(from, from + count).join(' '))
          : undefined;
      if (!values) continue;
      to = from + count;
      for (const value of values) found.push({ value, from, to });
    }
    from = Math.max(to, from + 1);
  }
  return found;
}

/** Words that only shade a colour or wood: "light grey" asks for no lamp. */
const SHADES = new Set(['light', 'dark', 'pale', 'bright', 'deep', 'soft', 'pastel', 'off']);

const shaded = (stems: readonly string[], found: readonly Named[]): Named[] =>
  found.map((one) => (SHADES.has(stems[one.from - 1] ?? '') ? { ...one, from: one.from - 1 } : one));

export const findColors = (stems: readonly string[]): Named[] => shaded(stems, find(stems, COLOR_NAMES));
export const findMaterials = (stems: readonly string[]): Named[] =>
  shaded(stems, find(stems, MATERIAL_NAMES));

/** Whether a product of `offered` material satisfies who wants `wanted`: oak is wood, wood need not be oak. */
export function isMaterial(offered: string, wanted: string): boolean {
  return offered === wanted || MATERIAL_KINDS[offered] === wanted;
}

export const COLOR_AND_MATERIAL_WORDS: ReadonlySet<string> = new Set(
  [...COLOR_NAMES.values.keys(), ...MATERIAL_NAMES.values.keys()].flatMap((name) => name.split(' ')),
);
