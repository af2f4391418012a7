// Screens a storey: occupants, ways out and accessibility, as far as a plan and its answers tell. Pure; an aid to find
// what to look at, never a code review.
import type {
  ComplianceCheck,
  PlanPoint,
  PlanRing,
  ScreeningExit,
  ScreeningLoad,
  ScreeningRoute,
} from '../../../contract/plan.ts';
import { makeCheck, round, type Scene, tidy } from './check.ts';
import { exitDoors } from './exits.ts';
import { type Overrides, RULES, type RuleKey } from './figures.data.ts';
import { loadTable, occupantLoads } from './loads.ts';
import { accessibleRoute, clearFloor, passingSpaces, turning } from './rules/accessibility.ts';
import { doorApproaches } from './rules/approach.ts';
import { distances } from './rules/distances.ts';
import { longest, occupantLoad, roomExits, smallAssembly, storeyExits } from './rules/means_of_egress.ts';
import { aisles, corridors, doorSwings, doorWidths } from './rules/widths.ts';
import type { Answers, Storey } from './types.ts';
import { buildNetwork } from './walk/network.ts';
import { waysOut } from './walk/remote.ts';

export type ScreeningResult = {
  checks: ComplianceCheck[];
  exits: ScreeningExit[];
  routes: ScreeningRoute[];
  loads: ScreeningLoad[];
  occupants: number;
};

/** Order in which checks are listed within one status. */
const RULES_IN_ORDER = [
  occupantLoad,
  smallAssembly,
  storeyExits,
  roomExits,
  distances,
  corridors,
  aisles,
  doorWidths,
  doorSwings,
  accessibleRoute,
  passingSpaces,
  turning,
  clearFloor,
  doorApproaches,
] as const;

/** All checks of a storey at a known scale. `overrides` replace figures of rules. */
export function screen(storey: Storey, answers: Answers = {}, overrides: Overrides = {}): ScreeningResult {
  const network = buildNetwork(storey);
  const exits = exitDoors(storey, network.doors, answers);
  const loads = occupantLoads(storey);
  const ways = waysOut(
    network,
    exits.filter((exit) => exit.is_exit).map((exit) => exit.door),
  );
  const diagonal = longest(
    (storey.outlines.length > 0 ? storey.outlines : storey.spaces.map((s) => s.polygon)).flat(),
  );
  const scene: Scene = { storey, answers, overrides, network, loads, exits, ways, diagonal };
  return {
    checks: RULES_IN_ORDER.flatMap((rule) => rule(scene)),
    exits: exits.map(({ door: _index, ...exit }) => exit),
    routes: ways.map((way) => ({
      space_id: storey.spaces[way.room]!.id,
      exit_door_id: storey.doors[way.exit]!.id,
      length_ft: round(way.length, 2),
      common_path_ft: round(way.common, 2),
      width_in: round(way.width_in, 1),
      path: way.path.map(tidy),
      source_path: way.path.map((p) => storey.toSource([p[0], p[1]])),
    })),
    loads: loadTable(storey, loads),
    occupants: loads.total,
  };
}

/** At unknown scale nothing is measured: each rule waits for the scale. */
export function unscaledChecks(): ComplianceCheck[] {
  return (Object.keys(RULES) as RuleKey[]).map((key) =>
    makeCheck(
      { toSource: (p) => p },
      key,
      'needs_input',
      `${RULES[key].title}: the scale of the drawing is not known, so that nothing can be measured.`,
      { asks: ['scale'] },
    ),
  );
}

type Twin = { polygon: PlanRing; source_polygon: PlanRing };

/** Feet to the file's own coordinates, from rooms that carry both: the affine map through three corners far apart. */
export function sourceMap(rooms: readonly Twin[]): ((p: PlanPoint) => PlanPoint) | null {
  const pairs = rooms.flatMap(({ polygon, source_polygon }) =>
    polygon.length === source_polygon.length ? polygon.map((p, i) => [p, source_polygon[i]!] as const) : [],
  );
  const [a] = pairs;
  if (!a) return null;
  const far = (value: (p: PlanPoint) => number) =>
    pairs.reduce((best, pair) => (value(pair[0]) > value(best[0]) ? pair : best), a);
  const b = far((p) => Math.hypot(p[0] - a[0][0], p[1] - a[0][1]));
  const area = (p: PlanPoint) =>
    (b[0][0] - a[0][0]) * (p[1] - a[0][1]) - (b[0][1] - a[0][1]) * (p[0] - a[0][0]);
  const c = far((p) => Math.abs(area(p)));
  const whole = area(c[0]);
  if (Math.abs(whole) < 1e-6) return null;
  return (p) => {
    const t = area(p) / whole;
    const s = ((p[0] - a[0][0]) * (c[0][1] - a[0][1]) - (p[1] - a[0][1]) * (c[0][0] - a[0][0])) / whole;
    const at = (k: 0 | 1) => a[1][k] + s * (b[1][k] - a[1][k]) + t * (c[1][k] - a[1][k]);
    return [Number(at(0).toPrecision(12)), Number(at(1).toPrecision(12))];
  };
}
