// The type of a room and how many people it suits: by its name, then its number, its fittings, its shape and its size.
import type { SpaceType } from '../../contract/plan.ts';
import {
  boxOf,
  inBox,
  inPolygon,
  orientedExtent,
  type Point,
  type Polygon,
  perimeter,
  polygonArea,
} from '../geometry/planar.ts';
import { CAPACITY } from './capacity.data.ts';
import type { Frame } from './frame.ts';
import type { Linework } from './linework.ts';
import { typeFromName } from './names.ts';

export type Typed = { type: SpaceType; evidence: string };
type Facts = { name: string | null; number: string | null; polygon: Polygon; doors: number; scaled: boolean };
type Fitting = { at: Point; name: string };

const BY_PREFIX: readonly { pattern: RegExp; type: SpaceType }[] = [
  { pattern: /^(?:ST|STR?|S)[-.]?\d/i, type: 'stair' },
  { pattern: /^(?:EL|EV|ELV|E)[-.]?\d/i, type: 'elevator' },
  { pattern: /^(?:C|COR)[-.]?\d/i, type: 'corridor' },
  { pattern: /^(?:M|ME)[-.]?\d/i, type: 'mechanical' },
];

/** Symbols of fixtures and furniture with the words of their block names. */
export function fittingsOf(linework: Linework, frame: Frame): Fitting[] {
  return linework.symbols
    .filter((symbol) => symbol.role === 'fixture' || symbol.role === 'furniture')
    .map((symbol) => ({
      at: frame.toFeet([(symbol.box[0] + symbol.box[2]) / 2, (symbol.box[1] + symbol.box[3]) / 2]),
      name: symbol.name.toUpperCase(),
    }));
}

export function decideType(facts: Facts, fittings: readonly Fitting[]): Typed {
  const area = polygonArea(facts.polygon);
  const named = facts.name ? typeFromName(facts.name) : null;
  const vague = named?.words === 'ROOM' || named?.words === 'RM' || named?.words === 'ADMIN';
  if (named && !vague) {
    const crowd = named.type === 'private_office' && facts.scaled && area > 450;
    return { type: crowd ? 'open_office' : named.type, evidence: `name "${named.words}"` };
  }
  const prefixed = facts.number ? BY_PREFIX.find(({ pattern }) => pattern.test(facts.number!)) : undefined;
  if (prefixed && !facts.name) return { type: prefixed.type, evidence: `number ${facts.number}` };
  const box = boxOf(facts.polygon.outer);
  const inside = fittings.filter((fitting) => inBox(fitting.at, box) && inPolygon(fitting.at, facts.polygon));
  return (
    byFittings(inside, area) ??
    (facts.scaled ? byShape(facts, area) : { type: 'other', evidence: 'nothing but an outline' })
  );
}

function byFittings(inside: readonly Fitting[], area: number): Typed | null {
  const count = (words: RegExp) => inside.filter((fitting) => words.test(fitting.name)).length;
  if (count(/TOILET|URINAL|(^|[^A-Z])WC/) > 0) return { type: 'restroom', evidence: 'fittings: toilets' };
  if (count(/FRIDGE|REFRIG|REF\d|RANGE|DISHW|KIT/) > 0)
    return { type: 'breakroom', evidence: 'fittings: kitchen' };
  const desks = count(/DESK|WORKST|BENCH/);
  const chairs = count(/CHAIR|SEAT|STUHL/);
  const tables = count(/TABLE|CONF/);
  if (tables > 0 && desks === 0 && chairs >= 4)
    return { type: 'meeting_room', evidence: 'fittings: table and chairs' };
  if (desks >= 3) return { type: 'open_office', evidence: `fittings: ${desks} desks` };
  if (desks >= 1 && area < 300) return { type: 'private_office', evidence: 'fittings: desk' };
  return null;
}

function byShape(facts: Facts, area: number): Typed {
  const around = perimeter(facts.polygon.outer);
  const width = hallWidth(area, around);
  const { length } = orientedExtent(facts.polygon.outer);
  if (width <= 10 && length > 4 * width && facts.doors >= 2)
    return { type: 'corridor', evidence: 'shape: long, with doors' };
  if (area < 40 && facts.doors > 0 && facts.name) return { type: 'storage', evidence: 'size' };
  if (area < 70) return { type: 'storage', evidence: 'size' };
  if (area <= 250) return { type: 'private_office', evidence: 'size' };
  if (area <= 450) return { type: 'meeting_room', evidence: 'size' };
  return { type: 'open_office', evidence: 'size' };
}

/** Width of a band of this area and perimeter: exact for rectangles, close for branching halls. */
export function hallWidth(area: number, around: number): number {
  const half = around / 2;
  const root = half * half - 4 * area;
  return root <= 0 ? Math.sqrt(area) : (half - Math.sqrt(root)) / 2;
}

/** People the room suits, null for types that seat nobody. */
export function suggestCapacity(type: SpaceType, area: number): number | null {
  const rule = CAPACITY[type];
  if (!rule) return 0;
  return Math.max(rule.least, Math.min(rule.most, Math.floor(area / rule.sqft_per_person)));
}

/** By which table the seats are suggested; nothing for types that seat nobody. */
export function capacitySource(type: SpaceType): { capacity_source?: string } {
  const rule = CAPACITY[type];
  return rule ? { capacity_source: `${rule.sqft_per_person} sq ft a person: ${rule.source}` } : {};
}
