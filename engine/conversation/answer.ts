// Questions about a project, answered from its data without a language model: each reader knows one kind of question and
// says null to the others. What no reader knows is said not to be known, with what can be asked.
import {
  answerCarbonOf,
  answerDecision,
  answerFurnished,
  answerMakers,
  answerRoomSize,
  answerSumLine,
} from './details.ts';
import { type Answer, type ProjectFacts, scenarioInHand } from './facts.ts';
import { answerBrief, answerHistory } from './history.ts';
import { answerBill, answerPerSeat, answerRoom } from './rooms.ts';
import { answerCheaper, answerSeatCost } from './savings.ts';
import { answerScenarios } from './scenarios.ts';
import { answerCounts, answerGreen, answerOpen, answerSeats, answerTimes, answerTotals } from './status.ts';
import { answerSwap } from './swaps.ts';
import { answerWhy } from './why.ts';

const READERS = [
  answerHelp,
  answerDecision,
  answerHistory,
  answerBrief,
  answerWhy,
  answerMakers,
  answerRoomSize,
  answerFurnished,
  answerSumLine,
  answerSeats,
  answerSeatCost,
  answerSwap,
  answerCheaper,
  answerScenarios,
  answerCarbonOf,
  answerCredits,
  answerTimes,
  answerGreen,
  perSeat,
  answerBill,
  answerRoom,
  answerCounts,
  answerTotals,
  answerOpen,
] as const;

/** Orders that the built-in reader offers to carry out; they may come without a question mark. */
const ORDERS = [
  answerHelp,
  answerHistory,
  answerBrief,
  answerWhy,
  answerSwap,
  answerCheaper,
  answerBill,
  answerRoom,
] as const;

function perSeat(text: string, facts: ProjectFacts): Answer | null {
  return answerPerSeat(text, facts, scenarioInHand(facts)?.total_cost ?? null);
}

/** Credits and certificates before times: "are we LEED ready?" */
function answerCredits(text: string, facts: ProjectFacts): Answer | null {
  return /\b(?:leed|credits?|certif\w+|carbon|footprint)\b/i.test(text) &&
    !/\b(?:scenarios?|options?|of the (?:three|two|3))\b/i.test(text)
    ? answerGreen(text, facts)
    : null;
}

function answerHelp(text: string): Answer | null {
  return /^\W*help(?: me)?\W*$|\bwhat (?:can|could|may|should) (?:i|we) (?:ask|say|do here|do with you|type|write)\b|\bwhat (?:can you|are you able to) (?:do|answer|tell|help)\b|\bhow (?:do|does) (?:i|this|you) (?:use|work)\b/i.test(
    text,
  )
    ? { topic: 'help', text: HELP, links: [], proposals: [] }
    : null;
}

/** The answer from the project's data, or null where the question is of no known kind. Pure; English. */
export function answerQuestion(text: string, facts: ProjectFacts): Answer | null {
  for (const read of READERS) {
    const answer = read(text, facts);
    if (answer !== null) return answer;
  }
  return null;
}

/** The answer to an order or a remark that changed nothing in the brief; null where none is wanted. */
export function answerOrder(text: string, facts: ProjectFacts): Answer | null {
  if (facts.items.length === 0 && !/\b(?:who|what|help|brief)\b/i.test(text)) return null;
  for (const read of ORDERS) {
    const answer = read(text, facts);
    if (answer !== null) return answer;
  }
  return null;
}

const EXAMPLES =
  '“Why this chair?”, “What if it were 10 % cheaper?”, “Which rooms are short of seats?”, “Who changed the budget?”, “How long is the lead time?”, “Swap the task chairs for something greener”';

export const WHAT_CAN_BE_ASKED = `I cannot tell that from the project. Ask, for example: ${EXAMPLES}.`;
const HELP = `Tell me what you need in your own words, and it becomes the brief. Ask or order, for example: ${EXAMPLES}, “Undo that”.`;
