// What is known about a project when a question is asked: plain figures that the answers are made of. Money in the
// project's currency, areas in square feet, lead times in days.
import type { Brief } from '../../contract/brief.ts';
import type { AnswerLink } from '../../contract/conversations.ts';

export interface SpaceFacts {
  id: string;
  /** "204 Meeting", as people would call it. */
  name: string;
  type: string;
  area_sqft: number | null;
  /** Confidence of the reading, 0 to 1; null for rooms drawn by hand. */
  confidence: number | null;
  reviewed: boolean;
  /** Null where the room is not furnished. */
  seats_needed: number | null;
  seats_placed: number | null;
}

export interface AlternativeFacts {
  product_id: string;
  name: string;
  /** Against the chosen product, for the whole line. */
  price_diff: number;
  lead_time_diff: number | null;
  carbon_diff: number | null;
  keeps_limits: boolean | null;
}

export interface ItemFacts {
  id: string;
  product_id: string;
  name: string;
  /** The maker; null where none is stated. */
  brand: string | null;
  category: string;
  space_id: string | null;
  space_name: string | null;
  quantity: number;
  unit_price: number;
  total_price: number;
  lead_time_days: number | null;
  carbon_kg: number | null;
  /** "task chair" and the sentence or rule that asks for it. */
  need: string;
  need_source: string;
  reasoning: string;
  rank: number | null;
  candidates: number | null;
  locked: boolean;
  status: string;
  warnings: string[];
  alternatives: AlternativeFacts[];
}

export interface ScenarioFacts {
  id: string;
  type: 'conservative' | 'balanced' | 'aggressive';
  name: string;
  total_cost: number;
  variance_from_target_pct: number | null;
  quality_score: number | null;
  sustainability_score: number | null;
  carbon_kg: number | null;
  lead_time_days: number | null;
  item_count: number;
  selected: boolean;
  /** Label and reason of what is short, in sentences. */
  shortfalls: string[];
  trade_offs: { change: string; reason: string }[];
  lines: { label: string; amount: number }[];
}

export interface CreditFacts {
  name: string;
  met: boolean;
  detail: string;
}

/** A field of the brief that a message changed. */
export interface ChangeFacts {
  path: string;
  /** Absent where nothing was stated. */
  before?: unknown;
  after?: unknown;
  /** Name of who wrote the message; null where the account is gone. */
  by: string | null;
  /** RFC 3339 */
  at: string;
  /** The sentence it came from, at most 160 characters. */
  said: string;
}

export interface ProjectFacts {
  project_id: string;
  name: string;
  status: string;
  currency: string;
  /** The day the question is asked, YYYY-MM-DD. */
  today: string;
  brief: Brief;
  open_questions: string[];
  /** The latest first. */
  changes: ChangeFacts[];
  spaces: SpaceFacts[];
  recommendation_id: string | null;
  /** draft, presented, approved or rejected; null while there is none. */
  recommendation_status: string | null;
  /** Lines of the scenario in hand: the selected one, or the balanced one. */
  items: ItemFacts[];
  scenarios: ScenarioFacts[];
  credits: CreditFacts[];
}

/** A change that the answer offers; nothing happens before the person says so. */
export interface Proposal {
  type: 'swap_item';
  item_id: string;
  product_id: string;
  label: string;
  /** For the whole line; negative saves. */
  price_diff: number;
}

export interface Answer {
  topic: string;
  text: string;
  links: AnswerLink[];
  proposals: Proposal[];
}

/** The scenario that the items belong to. */
export function scenarioInHand(facts: ProjectFacts): ScenarioFacts | undefined {
  return (
    facts.scenarios.find((one) => one.selected) ?? facts.scenarios.find((one) => one.type === 'balanced')
  );
}
