/**
 * From brief and rooms to a bill of needs: how many of which piece each room has to get, and why.
 * Owns the reading of the kit table; the sharing out of the brief's counts is programme.ts, the table itself kits.ts.
 */
import type { Brief, Evidence, SpecialRequirement } from '../../contract/brief.ts';
import type { BillOfNeeds, Need, NeedEvidence } from '../../contract/needs.ts';
import type { SpaceType } from '../../contract/plan.ts';
import { type KitRule, kitRules } from './kits.ts';
import { programmeFor } from './programme.ts';
import { type NeedSpace, note, type RoomProgramme, roomLabel } from './rooms.ts';
import { SPACE_STANDARDS, type SpaceStandard } from './standards.ts';

export interface NeedsInput {
  brief?: Brief | undefined;
  /** Where each field of the brief came from, as the brief parser gives it. */
  evidence?: readonly Evidence[] | undefined;
  spaces: readonly NeedSpace[];
  /** An organization's own rows over the default kit table. */
  rules?: readonly KitRule[] | undefined;
  standards?: Partial<Record<SpaceType, SpaceStandard>> | undefined;
}

/** Clear floor between a table's edge and the wall, feet: 36 in behind a chair. */
const TABLE_TO_WALL_FT = 3;

/** Needs in the order of the spaces, then of the kit table; the same input gives the same bill. */
export function needsFor(input: NeedsInput): BillOfNeeds {
  const brief = input.brief ?? {};
  const rules = kitRules(input.rules);
  const programme = programmeFor(brief, input.spaces, { ...SPACE_STANDARDS, ...input.standards });
  const context: Context = {
    brief,
    evidence: input.evidence ?? [],
    kits: new Set(programme.rooms.map((room) => room.kit)),
  };
  const needs: Need[] = [];
  const silenced = new Set<SpecialRequirement>();
  for (const [index, room] of programme.rooms.entries()) {
    const lines = rules
      .filter((rule) => rule.kits.includes(room.kit))
      .filter((rule) => applies(rule, room, context, silenced))
      .map((rule) => ({ rule, need: needOf(rule, room, index, context) }))
      .filter((line) => line.need.quantity > 0);
    needs.push(...withoutTaken(lines));
  }
  const notes = [...programme.notes];
  for (const word of silenced) {
    notes.push(
      note('excluded', 'info', `Left out because the brief excludes it: ${word.replaceAll('_', ' ')}.`, {
        path: 'excluded',
      }),
    );
  }
  return {
    needs,
    notes,
    programme: programme.rooms.map((room) => ({
      space_id: room.space?.id ?? null,
      space_name: room.space ? roomLabel(room.space) : null,
      kit: room.kit,
      workstations: room.workstations,
      seats: room.seats,
      rooms: room.rooms,
    })),
  };
}

interface Context {
  brief: Brief;
  evidence: readonly Evidence[];
  kits: ReadonlySet<string>;
}

function applies(
  rule: KitRule,
  room: RoomProgramme,
  context: Context,
  silenced: Set<SpecialRequirement>,
): boolean {
  const { brief } = context;
  const when = rule.when ?? {};
  const asked = (word: SpecialRequirement) =>
    (brief.special_requirements?.includes(word) ?? false) && !(brief.excluded?.includes(word) ?? false);
  const seats = room.seats / room.rooms;
  const area = room.area_sqft === null ? null : room.area_sqft / room.rooms;
  if (when.asks_any && !when.asks_any.some(asked)) return false;
  if (when.asks_none?.some(asked)) return false;
  if (when.styles_any && !when.styles_any.some((style) => brief.preferences?.style?.includes(style)))
    return false;
  if (when.min_seats !== undefined && seats < when.min_seats) return false;
  if (when.max_seats !== undefined && seats > when.max_seats) return false;
  if (when.min_area_sqft !== undefined && (area === null || area < when.min_area_sqft)) return false;
  if (when.max_area_sqft !== undefined && (area === null || area > when.max_area_sqft)) return false;
  if (when.without_kit?.some((kit) => context.kits.has(kit))) return false;
  const excluded = rule.topics?.filter((word) => brief.excluded?.includes(word)) ?? [];
  for (const word of excluded) silenced.add(word);
  return excluded.length === 0;
}

function needOf(
  rule: KitRule,
  room: RoomProgramme,
  index: number,
  context: Context,
): Omit<Need, 'quantity'> & { quantity: number } {
  const scope = room.space?.id ?? `project.${room.kit}.${index}`;
  const prefix = room.kit === 'freestanding_booth' && room.space ? `${scope}:booth` : scope;
  return {
    key: `${prefix}:${rule.role}`,
    space_id: room.space?.id ?? null,
    space_name: room.space ? roomLabel(room.space) : null,
    space_type: room.space?.type ?? null,
    role: rule.role,
    label: rule.label,
    quantity: quantityOf(rule, room),
    measure: rule.measure ?? 'each',
    groups: rule.measure === 'seats' && room.kit !== 'open_office' ? room.rooms : 1,
    select: {
      subcategories: [...rule.subcategories],
      categories: [...rule.categories],
      keywords: [...rule.keywords],
    },
    sizing: sizingOf(rule, room),
    ...(rule.one_piece ? { one_piece: true } : {}),
    requires: [...(rule.requires ?? [])],
    prefers: [...(rule.prefers ?? [])],
    priority: rule.priority,
    mount: rule.mount,
    topics: [...(rule.topics ?? [])],
    evidence: evidenceOf(rule, room, context),
  };
}

/** Pieces (or places) for all rooms of the line: the rule for one room, times the rooms. */
function quantityOf(rule: KitRule, room: RoomProgramme): number {
  const bases = {
    workstations: room.workstations / room.rooms,
    seats: room.seats / room.rooms,
    room: 1,
    area_sqft: (room.area_sqft ?? 0) / room.rooms,
  };
  const basis = bases[rule.basis];
  if (basis <= 0) return 0;
  const exact = basis / rule.per;
  const whole = rule.rounding === 'down' ? Math.floor(exact + 1e-9) : Math.ceil(exact - 1e-9);
  const bounded = Math.min(Math.max(whole, rule.at_least ?? 0), rule.at_most ?? Number.POSITIVE_INFINITY);
  return Math.round(bounded * room.rooms);
}

/** Limits of one piece: the rule's own, and for a table what the room leaves with room to sit around it. */
function sizingOf(rule: KitRule, room: RoomProgramme): Need['sizing'] {
  const dimensions = room.space?.dimensions;
  const isTable = rule.measure === 'seats' && rule.role.endsWith('_table') && room.kit !== 'open_office';
  const sides = dimensions ? [dimensions.width_ft, dimensions.length_ft].sort((a, b) => b - a) : null;
  const clear = (side: number | undefined) =>
    isTable && side !== undefined
      ? Math.max(24, Math.floor((side - 2 * TABLE_TO_WALL_FT) * 12))
      : Number.POSITIVE_INFINITY;
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    min_width_in: rule.min_width_in ?? null,
    max_width_in: finite(Math.min(rule.max_width_in ?? Number.POSITIVE_INFINITY, clear(sides?.[0]))),
    max_depth_in: finite(Math.min(rule.max_depth_in ?? Number.POSITIVE_INFINITY, clear(sides?.[1]))),
  };
}

function evidenceOf(rule: KitRule, room: RoomProgramme, context: Context): NeedEvidence[] {
  const { brief } = context;
  const found: NeedEvidence[] = room.paths
    .filter((path) => path !== 'special_requirements')
    .map((path) => briefEvidence(context, path, null));
  const words = [...new Set([...(rule.topics ?? []), ...(rule.when?.asks_any ?? [])])];
  for (const word of words) {
    if (brief.special_requirements?.includes(word))
      found.push(briefEvidence(context, 'special_requirements', word));
  }
  for (const style of rule.when?.styles_any ?? []) {
    if (brief.preferences?.style?.includes(style))
      found.push(briefEvidence(context, 'preferences.style', style));
  }
  if (room.paths.length === 0 && rule.basis !== 'room' && room.space) {
    const basis = {
      workstations: `holds ${room.workstations} ${room.workstations === 1 ? 'desk' : 'desks'}`,
      seats: `holds ${room.seats} ${room.seats === 1 ? 'seat' : 'seats'}`,
      area_sqft: `measures ${Math.round(room.area_sqft ?? 0).toLocaleString('en-US')} sq ft`,
    };
    found.push({
      kind: 'capacity',
      path: null,
      turn: null,
      quote: null,
      rule_id: null,
      source: null,
      detail: `${roomLabel(room.space)} ${basis[rule.basis]}.`,
    });
  }
  found.push({
    kind: 'rule',
    path: null,
    turn: null,
    quote: null,
    rule_id: rule.id,
    source: rule.source,
    detail: ruleSentence(rule),
  });
  return found;
}

function briefEvidence(context: Context, path: string, member: string | null): NeedEvidence {
  const entry = context.evidence.findLast((e) => e.path === path && (member === null || e.value === member));
  const value = member ?? String((context.brief as Record<string, unknown>)[path] ?? entry?.value ?? '');
  return {
    kind: 'brief',
    path,
    turn: entry?.turn ?? null,
    quote: entry?.quote ?? null,
    rule_id: null,
    source: null,
    detail: `${path.replaceAll('_', ' ')}: ${value.replaceAll('_', ' ')}`,
  };
}

function ruleSentence(rule: KitRule): string {
  const basis = { workstations: 'desk', seats: 'seat', room: 'room', area_sqft: 'sq ft' }[rule.basis];
  if (rule.per === 1) return `${rule.label}: one for each ${basis}.`;
  if (rule.per < 1) return `${rule.label}: ${Math.round(1 / rule.per)} for each ${basis}.`;
  return `${rule.label}: one for every ${rule.per} ${basis}${basis === 'sq ft' ? '' : 's'}.`;
}

/** Takes the pieces of special lines off the ordinary line of the same room, and merges nothing else. */
function withoutTaken(lines: { rule: KitRule; need: Need }[]): Need[] {
  const needs = lines.map((line) => line.need);
  for (const { rule, need } of lines) {
    if (!rule.takes_from) continue;
    const from = needs.find((other) => other.role === rule.takes_from && other !== need);
    if (from) from.quantity -= Math.min(from.quantity, need.quantity);
  }
  return needs.filter((need) => need.quantity > 0);
}
