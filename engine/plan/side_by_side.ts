// Several storeys drawn beside each other in one drawing: told apart by the empty space between them, and said.
// All rooms stay in one document, each where the file has it; nothing is dropped.
import { Groups } from '../geometry/groups.ts';
import type { Box } from '../geometry/planar.ts';

/** Rooms of one storey are never farther from the next of it than this, in feet; storeys on a sheet are. */
const APART_FT = 15;
/** What is smaller beside a storey is a detail or a legend, not a storey. */
const FEWEST_ROOMS = 5;
const SMALLEST_SHARE = 0.15;

/** Boxes of the storeys, from left to right (then from bottom to top); one where the rooms lie together. */
export function storeysOf(rooms: readonly Box[]): { box: Box; rooms: number }[] {
  const groups = new Groups(rooms.length);
  const order = rooms.map((_, i) => i).sort((i, j) => rooms[i]![0] - rooms[j]![0]);
  let open: number[] = [];
  for (const i of order) {
    const box = rooms[i]!;
    open = open.filter((j) => rooms[j]![2] + APART_FT >= box[0]);
    for (const j of open) {
      const other = rooms[j]!;
      if (other[1] - APART_FT <= box[3] && box[1] - APART_FT <= other[3]) groups.join(groups.root(j), i);
    }
    open.push(i);
  }
  const storeys = groups.members().map((members) => ({
    rooms: members.length,
    box: members
      .map((i) => rooms[i]!)
      .reduce(
        (a, b): Box => [
          Math.min(a[0], b[0]),
          Math.min(a[1], b[1]),
          Math.max(a[2], b[2]),
          Math.max(a[3], b[3]),
        ],
      ),
  }));
  const most = Math.max(0, ...storeys.map((storey) => storey.rooms));
  return storeys
    .filter((storey) => storey.rooms >= Math.max(FEWEST_ROOMS, most * SMALLEST_SHARE))
    .sort((p, q) => p.box[0] - q.box[0] || p.box[1] - q.box[1]);
}

/** The warning for a drawing with more than one storey, or none. */
export function storeyNotes(rooms: readonly Box[]): { code: string; message: string }[] {
  const storeys = storeysOf(rooms);
  if (storeys.length < 2) return [];
  const counts = storeys.map((storey) => storey.rooms);
  const listed = `${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}`;
  return [
    {
      code: 'several_storeys',
      message: `The drawing shows ${storeys.length} plans beside each other, with ${listed} rooms; all are listed together and their areas added up. Upload each storey as a file of its own to keep floors apart.`,
    },
  ];
}
