// What the rules are given, and how a check is written down.
import type { ComplianceCheck, PlanPoint, ScreeningAsk } from '../../../contract/plan.ts';
import { inscribedCircle } from '../../geometry/inscribed.ts';
import type { Point } from '../../geometry/planar.ts';
import type { ExitDoor } from './exits.ts';
import {
  OCCUPANCY,
  type OccupancyFigures,
  type Overrides,
  RULES,
  type Rule,
  type RuleKey,
} from './figures.data.ts';
import type { Loads } from './loads.ts';
import type { Answers, ScreenSpace, Storey } from './types.ts';
import type { Network } from './walk/network.ts';
import type { PlacedDoor } from './walk/portals.ts';
import type { Way } from './walk/remote.ts';

export type Scene = {
  storey: Storey;
  answers: Answers;
  overrides: Overrides;
  network: Network;
  loads: Loads;
  exits: ExitDoor[];
  ways: Way[];
  /** Longest diagonal of the storey, feet. */
  diagonal: number;
};

/** What a person is asked, in words. */
export const ASK_WORDS: Record<ScreeningAsk, string> = {
  scale: 'a known distance on the plan, to set its scale',
  sprinklered: 'whether the building is sprinklered throughout',
  occupancy: 'the occupancy group of the rooms for gatherings',
  exits: 'which doors are exits of this storey',
  ground_floor: 'whether this storey lies at the level of exit discharge',
  stairs_enclosed: 'whether the stairs are enclosed exit stairs',
  door_closers: 'whether the doors have closers and latches',
  hardware: 'the clear width with its hardware',
  swing: 'which way the door swings and where it hangs',
  furnishing: 'how the room is furnished',
  drawing: 'whether the drawing shows it all',
};

type Place = {
  at: Point;
  space?: ScreenSpace | undefined;
  door_id?: string | undefined;
  path?: readonly Point[] | undefined;
  polygon?: readonly Point[] | undefined;
};

type Extra = {
  /** The room or door it is about; the storey where absent. */
  subject?: string;
  place?: Place | null;
  asks?: ScreeningAsk[];
  measured?: number;
  required?: number;
  unit?: string;
};

export function makeCheck(
  storey: Pick<Storey, 'toSource'>,
  key: RuleKey,
  status: ComplianceCheck['status'],
  detail: string,
  { subject, place, asks = [], measured, required, unit }: Extra = {},
): ComplianceCheck {
  const { code, section, title } = RULES[key];
  const asked = status === 'needs_input' ? asks : [];
  return {
    code,
    section,
    status,
    detail,
    where: place ? placed(storey, place) : null,
    needs: asked.map((ask) => ASK_WORDS[ask]),
    asks: asked,
    id: subject === undefined ? key : `${key}:${subject}`,
    title,
    ...(measured === undefined ? {} : { measured: round(measured, 2) }),
    ...(required === undefined ? {} : { required: round(required, 2) }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function placed(storey: Pick<Storey, 'toSource'>, place: Place): NonNullable<ComplianceCheck['where']> {
  const source = (p: Point): PlanPoint => storey.toSource([p[0], p[1]]);
  const [x, y] = tidy(place.at);
  const [source_x, source_y] = source(place.at);
  return {
    x,
    y,
    source_x,
    source_y,
    space_id: place.space?.id ?? null,
    ...(place.door_id === undefined ? {} : { door_id: place.door_id }),
    ...(place.path ? { path: place.path.map(tidy), source_path: place.path.map(source) } : {}),
    ...(place.polygon ? { polygon: place.polygon.map(tidy), source_polygon: place.polygon.map(source) } : {}),
  };
}

export function tidy([x, y]: Point): PlanPoint {
  return [round(x, 3), round(y, 3)];
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** A figure of a rule, as the caller overrides it. */
export function figure<K extends RuleKey>(
  scene: Scene,
  key: K,
  name: keyof (typeof RULES)[K]['figures'] & string,
): number {
  const over = scene.overrides[key] as Record<string, number> | undefined;
  return over?.[name] ?? (RULES[key] as Rule).figures[name]!;
}

/** Figures of the storey's occupancy; a room for gatherings keeps it while it is small (§303.1.2). */
export function occupancyOf(scene: Scene): OccupancyFigures {
  return OCCUPANCY[scene.answers.occupancy ?? 'B'];
}

export function titleOf(space: Pick<ScreenSpace, 'id' | 'name' | 'number'>): string {
  return [space.number, space.name].filter(Boolean).join(' ') || 'A room without a name';
}

/** A door by the rooms on its sides. */
export function doorTitle({ storey, exits }: Scene, { door, sides }: PlacedDoor): string {
  const [a, b] = sides.map((side) => titleOf(storey.spaces[side.space]!));
  if (a && b) return `Door between ${a} and ${b}`;
  const out = exits.some((exit) => exit.door_id === door.id && exit.kind === 'exterior');
  return a ? `Door of ${a}${out ? ' to the outside' : ''}` : 'A door';
}

/** The middle of a room's widest part, where a pin stands. */
export function middleOf(space: ScreenSpace): Point {
  return inscribedCircle({ outer: space.polygon, holes: space.holes }, 0.2).centre;
}

/** A limit that sprinklers change: pass, fail, or open until somebody says. */
export function bySprinklers(
  value: number,
  without: number,
  withThem: number,
  sprinklered: boolean | undefined,
): ComplianceCheck['status'] {
  const [low, high] = [Math.min(without, withThem), Math.max(without, withThem)];
  if (value <= low) return 'pass';
  if (value > high) return 'fail';
  if (sprinklered === undefined) return 'needs_input';
  return value <= (sprinklered ? withThem : without) ? 'pass' : 'fail';
}

/** `a, b and 3 more`. */
export function listed(names: readonly string[], most = 4): string {
  if (names.length <= most)
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
