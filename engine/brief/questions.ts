// What to ask next: the missing fields, the one that decides most about a recommendation first.
import type { Brief } from '../../contract/brief.ts';

interface Gap {
  missing: (brief: Brief) => boolean;
  ask: string;
  /** What a lone figure is that answers it, and from which size on. */
  figure?: { name: string; least: number };
}

/** In the order of weight: how many seats, for how much money, by when, in what kind and size of space, then taste. */
const GAPS: readonly Gap[] = [
  {
    missing: (b) => b.employee_count === undefined && b.workstation_count === undefined,
    ask: 'How many people will work here, and how many workstations do you need?',
    figure: { name: 'headcount', least: 1 },
  },
  {
    missing: (b) =>
      b.budget?.target === undefined && b.budget?.max === undefined && b.budget?.min === undefined,
    ask: 'What is the furniture budget, as a target or an upper limit?',
    figure: { name: 'budget', least: 5000 },
  },
  {
    missing: (b) =>
      b.budget !== undefined &&
      b.budget.currency === undefined &&
      (b.budget.target ?? b.budget.max ?? b.budget.min) !== undefined,
    ask: 'In which currency is the budget?',
  },
  {
    missing: (b) => b.timeline?.delivery_date === undefined && b.timeline?.installation_date === undefined,
    ask: 'When must the furniture be delivered, or ready to use?',
  },
  {
    missing: (b) => b.space_type === undefined,
    ask: 'What kind of space is it: open office, private offices, a mix, or something else?',
  },
  {
    missing: (b) => b.area_sqft === undefined,
    ask: 'How large is the space, in square feet or square metres?',
  },
  {
    missing: (b) => b.employee_count !== undefined && b.workstation_count === undefined,
    ask: 'How many workstations should there be for these people?',
    figure: { name: 'workstations', least: 1 },
  },
  {
    missing: (b) => b.meeting_rooms === undefined,
    ask: 'How many meeting rooms are to be furnished?',
    figure: { name: 'meeting rooms', least: 0 },
  },
  {
    missing: (b) => b.private_offices === undefined,
    ask: 'How many private offices are there?',
    figure: { name: 'private offices', least: 0 },
  },
  {
    missing: (b) => (b.special_requirements?.length ?? 0) === 0,
    ask: 'Is there anything special it must have, such as standing desks, phone booths or acoustic privacy?',
  },
  { missing: (b) => (b.preferences?.style?.length ?? 0) === 0, ask: 'Which style do you have in mind?' },
  {
    missing: (b) => b.preferences?.sustainability_priority === undefined,
    ask: 'How much does sustainability matter: low, medium or high?',
  },
];

/** Questions for what is still missing, the weightiest first. */
export function openQuestions(brief: Brief): string[] {
  return GAPS.filter((gap) => gap.missing(brief)).map((gap) => gap.ask);
}

/** What a lone figure means as the answer to the question asked first; null where it does not answer it. */
export function askedFigure(brief: Brief, value: number): string | null {
  const figure = GAPS.find((gap) => gap.missing(brief))?.figure;
  return figure && value >= figure.least ? figure.name : null;
}
