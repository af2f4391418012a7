// What one sentence asks to be done to the brief. Readers produce these; engine/brief/merge.ts applies them in order.
import type { SpecialRequirement } from '../../contract/brief.ts';

export const COUNT_PATHS = [
  'employee_count',
  'workstation_count',
  'private_offices',
  'meeting_rooms',
  'phone_booths',
] as const;
export type CountPath = (typeof COUNT_PATHS)[number];
export const LIST_PREFERENCES = ['style', 'preferred_brands', 'colors', 'materials'] as const;
export type ListPreference = (typeof LIST_PREFERENCES)[number];

export type Op =
  /** One value at a dotted path; replaces what stood there. */
  | { kind: 'set'; path: string; value: string | number | boolean }
  /** A number of things. `head` is the noun as written; different nouns of one turn add up. `mode` defaults to 'is'. */
  | {
      kind: 'count';
      path: CountPath;
      value: number;
      head: string;
      mode?: 'is' | 'more' | 'fewer' | 'times' | 'total';
      also?: boolean;
      scope?: string;
      clause?: number;
    }
  /** So many, or such a share, of one countable thing become another. */
  | { kind: 'convert'; from: CountPath; to: CountPath; amount?: number; share?: number }
  /** One per so many: "a desk each" is 1 per 1 of employee_count. */
  | { kind: 'ratio'; path: CountPath; per: number; of: CountPath; times: number }
  /** A figure without a noun: "make that 140"; `from` names the figure it replaces. */
  | {
      kind: 'amend';
      value: number;
      from?: number;
      times?: number;
      delta?: number;
      scaled: boolean;
      money?: boolean;
      /** Of money: the most there may be. */
      most?: boolean;
    }
  /** "Make it the 15th": another day of the month that was named last. */
  | { kind: 'amend_day'; day: number }
  /** "Make it October 31": a day without a word for what it is; the only day known so far is meant. */
  | { kind: 'redate'; value: string }
  /** "Not April, May": the same day of another month, 1 to 12. */
  | { kind: 'amend_month'; month: number }
  /** A refusal is taken back; nothing is asked for by that. */
  | { kind: 'lift'; what: SpecialRequirement }
  | { kind: 'budget'; min?: number; max?: number; target?: number }
  /** "Bids above that amount will be rejected", "that is all we have": the aim just named is the most. */
  | { kind: 'cap' }
  /** Budget changed by a factor or an amount. */
  | { kind: 'budget_change'; factor: number; amount: number }
  | { kind: 'need'; what: SpecialRequirement }
  /** Given up where it stands, asked for where it was refused. */
  | { kind: 'reverse'; what: SpecialRequirement }
  | { kind: 'refuse'; what: SpecialRequirement }
  | { kind: 'prefer'; list: ListPreference; value: string; replace?: boolean }
  | { kind: 'avoid'; list: ListPreference; value: string }
  | {
      kind: 'shift';
      path: 'timeline.delivery_date' | 'timeline.installation_date' | 'timeline';
      days: number;
      months: number;
    }
  /** "installation two weeks later": counted from the delivery date. */
  | { kind: 'follow'; of: 'delivery_date' | 'installation_date'; days: number; months: number }
  | { kind: 'withdraw'; path: string }
  /** "keep X, drop the rest": every special requirement not named is refused. */
  | { kind: 'drop_rest'; keep: readonly SpecialRequirement[] }
  | { kind: 'undo' }
  | { kind: 'start_over' };

/** An operation with the sentence it came from, as offsets into the turn. */
export interface PlacedOp {
  op: Op;
  start: number;
  end: number;
}
