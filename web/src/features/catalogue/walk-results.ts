// The keyboard in the results: arrows go from product to product as they lie on the screen, Enter opens (the links' own),
// C picks the product for comparison.
import type { KeyboardEvent } from 'react';

type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
const DIRECTIONS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Middle of a result on the screen. */
export interface Place {
  x: number;
  y: number;
}

/** Index of the result one arrives at; where there is none in this direction, one stays. */
export function nextPlace(places: readonly Place[], from: number, key: Direction): number {
  if (key === 'ArrowLeft') return Math.max(0, from - 1);
  if (key === 'ArrowRight') return Math.min(places.length - 1, from + 1);
  const here = places[from];
  if (!here) return 0;
  const sign = key === 'ArrowDown' ? 1 : -1;
  let best = { index: from, row: Number.POSITIVE_INFINITY, aside: Number.POSITIVE_INFINITY };
  places.forEach((place, index) => {
    const row = (place.y - here.y) * sign;
    if (row < 8) return;
    const aside = Math.abs(place.x - here.x);
    // The next row first, then what lies straight above or below.
    if (row < best.row - 8 || (row < best.row + 8 && aside < best.aside)) best = { index, row, aside };
  });
  return best.index;
}

/** For the element around the results; each has a link with `data-result`. */
export function walkResults(event: KeyboardEvent<HTMLElement>, pick: (id: string) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-result]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  if (event.key.toLowerCase() === 'c' && !event.shiftKey) {
    pick(links[at]?.dataset['result'] ?? '');
    event.preventDefault();
  } else if (DIRECTIONS.has(event.key)) {
    const places = links.map((link) => {
      const box = (link.closest('li, tr') ?? link).getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    });
    links[nextPlace(places, at, event.key as Direction)]?.focus();
    event.preventDefault();
  }
}
