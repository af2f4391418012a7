// The jobs of plans: reading a file, and furnishing anew the rooms whose outlines changed.
import { AnalyzeJob } from '../../../contract/floorplans.ts';
import { RoomsChangedJob } from '../../../contract/plan-edits.ts';
import type { JobKind } from '../../platform/jobs.ts';

export const ReadPlan: JobKind<AnalyzeJob> = {
  name: 'read_floor_plan',
  payload: AnalyzeJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 600,
};

/** Run by the recommendations, whose bills and plans stay in step. */
export const RoomsChanged: JobKind<RoomsChangedJob> = {
  name: 'rooms_changed',
  payload: RoomsChangedJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 300,
};
