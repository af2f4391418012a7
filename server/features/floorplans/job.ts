// The job that reads a plan's file.
import { AnalyzeJob } from '../../../contract/floorplans.ts';
import type { JobKind } from '../../platform/jobs.ts';

export const ReadPlan: JobKind<AnalyzeJob> = {
  name: 'read_floor_plan',
  payload: AnalyzeJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 600,
};
