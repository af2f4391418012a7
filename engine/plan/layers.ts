// What a layer or block is for, from its name: AIA names, xref prefixes, and the words offices use in other conventions.
import { BLOCK_WORDS, LAYER_WORDS } from './layer_words.data.ts';

export const LAYER_ROLES = [
  'wall',
  'glazing',
  'door',
  'column',
  'area',
  'label',
  'annotation',
  'furniture',
  'fixture',
  'grid',
  'hatch',
  'ignored',
  'unknown',
] as const;
export type LayerRole = (typeof LAYER_ROLES)[number];

/** The layer's own name without the xref it was bound from (`plan$0$A-WALL`, `plan|A-WALL`). */
export function bareLayer(name: string): string {
  const bound = name.lastIndexOf('$');
  const attached = name.lastIndexOf('|');
  return name.slice(Math.max(bound, attached) + 1);
}

function tokensOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase()
    .split(/[^A-Z0-9]+|(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])/)
    .filter(Boolean);
}

function roleFromWords(tokens: readonly string[], table: typeof LAYER_WORDS): LayerRole | null {
  for (const { role, words, prefixes, suffixes } of table) {
    for (const token of tokens) {
      if (
        words.includes(token) ||
        prefixes.some((prefix) => token.startsWith(prefix)) ||
        suffixes?.some((suffix) => token.endsWith(suffix))
      )
        return role;
    }
  }
  return null;
}

/** Tags of doors, windows and walls are not room labels (AIA: A-DOOR-IDEN, A-GLAZ-IDEN). */
const TAG_WORDS = ['IDEN', 'TAG', 'TAGS', 'TEXT', 'CNTR'];
const PART_WORDS = ['DOOR', 'GLAZ', 'WALL', 'COLS', 'CLNG', 'FURN', 'EQPM', 'LITE', 'WINDOW', 'FIXT'];

/** The status field of the National CAD Standard: a layer that ends in D is to be demolished (A-WALL-D). */
function isDemolished(tokens: readonly string[]): boolean {
  return tokens.length > 2 && tokens[0]!.length === 1 && tokens[tokens.length - 1] === 'D';
}

const layerCache = new Map<string, LayerRole>();

/** The role of a layer, by its name alone. */
export function layerRole(name: string): LayerRole {
  const known = layerCache.get(name);
  if (known) return known;
  const tokens = tokensOf(bareLayer(name));
  const tagsOfParts = tokens.some((t) => TAG_WORDS.includes(t)) && tokens.some((t) => PART_WORDS.includes(t));
  const role = isDemolished(tokens)
    ? 'ignored'
    : tagsOfParts
      ? 'annotation'
      : (roleFromWords(tokens, LAYER_WORDS) ?? 'unknown');
  if (layerCache.size > 5000) layerCache.clear();
  layerCache.set(name, role);
  return role;
}

/** The role a block's name gives all that is drawn in it, or 'unknown'. */
export function blockRole(name: string): LayerRole {
  return roleFromWords(tokensOf(bareLayer(name)), BLOCK_WORDS) ?? 'unknown';
}
