// What a room's name says: whether words name a room at all, and which space type they mean.
import type { SpaceType } from '../../contract/plan.ts';
import { ROOM_NAMES } from './names.data.ts';

function normal(name: string): string {
  return ` ${name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .replace(/[’'.]/g, '')
    .replace(/[^A-Z0-9&]+/g, ' ')
    .trim()} `;
}

/** The type a name means and the words that decided it, or null. Longer phrases outrank shorter ones. */
export function typeFromName(name: string): { type: SpaceType; words: string } | null {
  const text = normal(name);
  let best: { type: SpaceType; words: string } | null = null;
  for (const { type, phrases } of ROOM_NAMES) {
    for (const phrase of phrases) {
      if (!text.includes(` ${phrase} `)) continue;
      if (!best || phrase.length > best.words.length) best = { type, words: phrase };
    }
  }
  return best;
}

export function isRoomWord(name: string): boolean {
  return typeFromName(name) !== null;
}
