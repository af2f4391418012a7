// Words of a query or a product: folded, split, and brought to one form (plural, British and American spelling).

/** One spelling for words that are written in two ways; applied to stems. */
const SPELLINGS: Readonly<Record<string, string>> = {
  grey: 'gray',
  colour: 'color',
  coloured: 'colored',
  aluminium: 'aluminum',
  organiser: 'organizer',
  centre: 'center',
  metre: 'meter',
  litre: 'liter',
  fibre: 'fiber',
  mould: 'mold',
  moulded: 'molded',
  storey: 'story',
  plough: 'plow',
  jewellery: 'jewelry',
  motorised: 'motorized',
  upholstred: 'upholstered',
  tele: 'television',
  telly: 'television',
  tv: 'television',
  w: 'with',
  armless: 'armless',
  clothing: 'clothes',
  cloth: 'clothes',
  childrens: 'child',
  children: 'child',
  kid: 'child',
  feet: 'foot',
  men: 'man',
  women: 'woman',
  people: 'person',
  hi: 'high',
  nite: 'night',
  lite: 'light',
  next: 'beside',
  alongside: 'beside',
  caster: 'castor',
};

/** Words that carry no meaning of their own in a search for furniture. */
export const STOP_WORDS = new Set(
  (
    'a an and any are as at be been but by can could do does for from get give go good got has have how i id if in into is it its ' +
    'just let like looking look me my need nice of off on onto one or our out over please really shall should show so some ' +
    'that the their them then there these they this those to too up us very want was we were what when where which who will ' +
    'with would you your im find buy around about also own made other all not no than w f'
  ).split(' '),
);

/** Words that name a thing without saying which: they find nothing by themselves. */
export const VAGUE_WORDS = new Set(
  'spot furniture furnishing thing something somewhere anything place piece item unit set stuff product object solution option type kind sort style design house room space area'.split(
    ' ',
  ),
);

/** Lower case, without accents, apostrophes joined ("children's" → "childrens"). */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’'`´](?=s\b|s$)/gi, '')
    .toLowerCase()
    .replace(/\bmake[- ]up\b/g, 'makeup');
}

/** Forms of the words met last: texts of a catalogue repeat theirs. */
const STEMS = new Map<string, string>();
const MOST_STEMS = 30_000;

/** A word in the one form under which it is compared. */
export function stem(word: string): string {
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  const single = singular(word);
  const form = spelling(word) ?? spelling(single) ?? single;
  if (STEMS.size >= MOST_STEMS) STEMS.clear();
  STEMS.set(word, form);
  return form;
}

const spelling = (word: string): string | undefined =>
  Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  if (/(el|al|o)ves$/.test(word) && !/^(glove|sleeve)/.test(word)) return `${word.slice(0, -3)}f`;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(ch|sh|ss|x|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Words and digits of a text, folded, in order. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function stemsOf(text: string): string[] {
  return wordsOf(text).map(stem);
}
