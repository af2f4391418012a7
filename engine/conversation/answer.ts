// Questions about a project, answered from its data without a language model: each reader knows one kind of question and
// says null to the others. What no reader knows is said not to be known, with what can be asked.
import type { Answer, ProjectFacts } from './facts.ts';
import { answerCheaper, answerSeatCost } from './savings.ts';
import {
  answerCounts,
  answerGreen,
  answerOpen,
  answerScenarios,
  answerSeats,
  answerTimes,
  answerTotals,
} from './status.ts';
import { answerWhy } from './why.ts';

const READERS = [
  answerWhy,
  answerSeats,
  answerSeatCost,
  answerCheaper,
  answerScenarios,
  answerTimes,
  answerGreen,
  answerCounts,
  answerTotals,
  answerOpen,
] as const;

/** The answer from the project's data, or null where the question is of no known kind. Pure; English. */
export function answerQuestion(text: string, facts: ProjectFacts): Answer | null {
  for (const read of READERS) {
    const answer = read(text, facts);
    if (answer !== null) return answer;
  }
  return null;
}

export const WHAT_CAN_BE_ASKED =
  'I cannot tell that from the project. I can answer why something was chosen, what would be cheaper, which rooms are short of seats, sums, times, counts, carbon and credits, and what is still open.';
