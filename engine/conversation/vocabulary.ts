// Whether words speak of a choice at all (a wish, a kind of space, a style): looser than the parser, which wants the whole
// phrase, but of its own vocabulary. A language model's reading of other words is its guess, and is asked about.
import { NEED_PHRASES, SPACE_PHRASES, STYLE_PHRASES } from '../brief/lexicon-needs.ts';
import { normalise } from '../brief/normalise.ts';

/** Words of more than so many values of one kind tell none of them. */
const SHARED_BY = 3;
const SHORTEST = 3;
const STEM = 5;
const EMPTY = new Set(
  'and the for with per one two all any our own new room rooms space spaces area areas desk desks table tables chair chairs seat seats seating furniture office offices station stations workstation workstations zone zones place places people person staff employee employees everyone each every user users setting settings system systems unit units equipment design look style feel only mostly fully have has gets get needs need want should must will are that this them not more some somewhere something make made work works working large small good great nice'.split(
    ' ',
  ),
);

/** More that people say for a value. Stems. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  standing_desks: ['stand', 'upright', 'raise', 'height', 'feet'],
  phone_booths: ['call', 'phone', 'booth', 'cabin', 'nook', 'pod'],
  collaboration_zones: ['together', 'brainstorm', 'team', 'group'],
  acoustic_privacy: ['noise', 'noisy', 'loud', 'quiet', 'sound', 'overhear', 'hear', 'echo', 'speech'],
  ergonomic_seating: ['back', 'lumbar', 'posture', 'spine', 'comfort'],
  hot_desking: ['rotate', 'share', 'assigned', 'unassigned', 'remote', 'hybrid'],
  wheelchair_access: ['disab', 'mobility', 'ramp', 'access'],
  lounge_seating: ['lounge', 'relax', 'sofa', 'soft', 'armchair'],
  breakroom: ['lunch', 'eat', 'coffee', 'kitchen', 'snack', 'meal', 'fridge'],
  storage_per_person: ['storage', 'drawer', 'belong', 'pedestal', 'stuff', 'file'],
  training_room: ['train', 'class', 'teach', 'course', 'workshop', 'seminar'],
  reception: ['visitor', 'guest', 'welcome', 'greet', 'entrance', 'lobby', 'front'],
  wellness_room: ['nap', 'mother', 'nurs', 'pray', 'medita', 'rest', 'lactat', 'pump', 'yoga'],
  cable_management: ['cable', 'wire', 'cord', 'power', 'plug'],
  monitor_arms: ['monitor', 'screen', 'display'],
  lockers: ['lock'],
  outdoor_furniture: ['outdoor', 'terrace', 'roof', 'garden', 'patio', 'balcony'],
  av_integration: ['video', 'projector', 'screen', 'conferenc', 'zoom', 'audio'],
  modular_reconfigurable: ['modul', 'move', 'flexib', 'reconfig', 'rearrang', 'wheels', 'adapt'],
  sustainability_priority: [
    'sustain',
    'green',
    'eco',
    'environment',
    'carbon',
    'planet',
    'climate',
    'recycl',
    'leed',
    'circular',
    'footprint',
    'ethic',
    'waste',
    'earth',
  ],
  ergonomics: ['ergonom', 'posture', 'back', 'comfort', 'lumbar', 'health', 'wrist', 'neck', 'spine', 'ache'],
  minimalist: ['simple', 'clean', 'clutter', 'minimal', 'plain', 'bare'],
  industrial: ['brick', 'steel', 'concrete', 'loft', 'factory', 'raw', 'exposed'],
  biophilic: ['plant', 'nature', 'natural', 'green', 'forest', 'moss', 'outdoor'],
  playful: ['fun', 'color', 'colour', 'bright', 'play', 'quirk'],
  traditional: ['classic', 'heritage', 'old', 'wood', 'panel'],
  executive: ['executive', 'luxur', 'prestig', 'boardroom'],
  modern: ['modern', 'contempor', 'sleek', 'fresh'],
  scandinavian: ['nordic', 'danish', 'swedish', 'hygge', 'scandi', 'finnish', 'norwegian'],
  call_center: ['call', 'agent', 'hotline', 'helpline', 'phone', 'support'],
  healthcare: ['patient', 'clinic', 'medic', 'doctor', 'nurse', 'dent', 'hospital', 'surgery', 'therap'],
  education: ['school', 'student', 'pupil', 'classroom', 'campus', 'teacher'],
  library: ['librar', 'reading', 'books'],
  hospitality: ['hotel', 'restaurant', 'guest', 'bar'],
  lab: ['lab', 'bench', 'research', 'experiment'],
  studio: ['studio', 'creativ'],
  coworking: ['cowork', 'member', 'freelanc', 'tenant'],
  headquarters: ['headquarter', 'head', 'hq', 'corporate', 'main'],
  training_center: ['train', 'academy', 'course'],
  open_office: ['open', 'bullpen'],
  private_offices: ['private', 'enclosed', 'closed', 'cellular', 'doors'],
  mixed_office: ['mix', 'blend', 'combin', 'half', 'split', 'both'],
};

const wordsOf = (source: string): Set<string> =>
  new Set(
    source
      .replace(/\(\?<?[:=!]/g, ' ')
      .replace(/\\[a-z]/gi, ' ')
      .split(/[^a-z]+/)
      .filter((word) => word.length >= SHORTEST && !EMPTY.has(word)),
  );

function stemsByValue(tables: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const words = new Map(tables.map(([value, source]) => [value, wordsOf(source)]));
  const shared = new Map<string, number>();
  for (const own of words.values()) for (const word of own) shared.set(word, (shared.get(word) ?? 0) + 1);
  return new Map(
    [...words].map(([value, own]) => [
      value,
      new Set([...[...own].filter((word) => (shared.get(word) ?? 0) <= SHARED_BY), ...(ALSO[value] ?? [])]),
    ]),
  );
}

const NEEDS = stemsByValue(NEED_PHRASES);
const SPACES = stemsByValue(SPACE_PHRASES);
const STYLES = stemsByValue(STYLE_PHRASES);

/** A whole short word, or the beginning of a longer one. */
function says(quote: string, stem: string): boolean {
  return quote.split(' ').some((word) => {
    if (word === stem || word === `${stem}s`) return true;
    return stem.length >= STEM - 1 && word.startsWith(stem);
  });
}

/** True where the quote has a word that speaks of this value; true too where there is nothing to hold it against. */
export function speaksOf(quote: string, path: string, value: string | number | boolean): boolean {
  const table =
    path === 'special_requirements' || path === 'excluded'
      ? NEEDS
      : path === 'space_type'
        ? SPACES
        : path === 'preferences.style'
          ? STYLES
          : null;
  const stems = table?.get(String(value)) ?? new Set(ALSO[path.split('.').at(-1) ?? '']);
  const norm = normalise(quote)
    .replace(/[^a-z]+/g, ' ')
    .trim();
  return [...stems].some((stem) => says(norm, stem));
}
