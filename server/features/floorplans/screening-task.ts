// Runs inside a worker thread: screens a plan's rooms as they stand now.
import type { PlanDocument } from '../../../contract/plan.ts';
import type { ScreeningAnswers } from '../../../contract/screening.ts';
import {
  type DocumentRoom,
  type DocumentScreening,
  screenDocument,
} from '../../../engine/plan/screening/document.ts';

export interface ScreenInput {
  document: Pick<PlanDocument, 'scale' | 'doors' | 'columns' | 'dimensions' | 'fixtures'>;
  rooms: DocumentRoom[];
  answers: ScreeningAnswers;
}

export function screenRooms({ document, rooms, answers }: ScreenInput): DocumentScreening {
  return screenDocument(document, rooms, answers);
}
