// Runs inside a worker thread: fits, compares and decides, nothing else.

import type { TrainedRanking } from '../../../engine/learning/model.ts';
import { type TrainInput, trainRanking } from '../../../engine/learning/train.ts';

export async function train(input: TrainInput): Promise<TrainedRanking> {
  return trainRanking(input);
}
