// The screening of a plan as it stands now: the stored reading, the rooms as corrected by hand, and the answers people
// gave. Computed in a worker thread; a result is kept while neither rooms nor answers change.
import { createHash } from 'node:crypto';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { Screening, UpdateScreeningAnswers } from '../../../contract/screening.ts';
import { answersFor, changeAnswers, type StoredAnswers } from '../../../engine/plan/screening/answers.ts';
import type { DocumentScreening } from '../../../engine/plan/screening/document.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { runTask } from '../../platform/worker-task.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import type { ScreenInput } from './screening-task.ts';
import { toSpace } from './shapes.ts';
import * as screenings from './sql/screening.ts';
import * as db from './sql.ts';

const TASK = new URL('./screening-task.ts', import.meta.url).href;
const TIME_LIMIT_MS = 30_000;
const MEMORY_LIMIT_MB = 512;
/** Results kept in memory. */
const KEPT = 64;
const EDITION = 'IBC 2021 and ADA 2010';

export function makeScreening(deps: Deps, live: Live) {
  const { postgres } = deps;
  const kept = new Map<string, Promise<DocumentScreening>>();

  async function planOf(tx: Tx, id: string, permission: 'project:read' | 'project:edit') {
    const plan = await screenings.findScreening(tx, id, { lock: false });
    if (plan === undefined) throw notFound('floor plan');
    await requireProject(tx, plan.project_id, permission);
    if (plan.analysis === null) {
      throw new AppError(
        'not_found',
        plan.status === 'failed'
          ? (plan.processing_error ?? 'The plan could not be read.')
          : 'This plan has not been read yet; wait for it.',
      );
    }
    return {
      ...plan,
      document: plan.analysis as unknown as PlanDocument,
      answers: plan.screening_answers as unknown as StoredAnswers,
    };
  }

  /** The same rooms and answers are computed once; who asks while it runs waits for the same result. */
  async function compute(input: ScreenInput, label: string): Promise<DocumentScreening> {
    const key = createHash('sha256').update(JSON.stringify(input)).digest('base64');
    const known = kept.get(key);
    if (known) return await known;
    const running = runTask<DocumentScreening>({
      module: TASK,
      export_name: 'screenRooms',
      input,
      timeout_ms: TIME_LIMIT_MS,
      keep: true,
      memory_mb: MEMORY_LIMIT_MB,
      label,
    });
    kept.set(key, running);
    running.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return await running;
  }

  async function screening(actor: Actor, id: string): Promise<Screening> {
    const { document, stored, rooms } = await postgres.withContext(actor, async (tx) => {
      const plan = await planOf(tx, id, 'project:read');
      const spaces = (await db.listSpaces(tx, id)).map(toSpace);
      return { document: plan.document, stored: plan.answers, rooms: spaces };
    });
    const answers = answersFor(document, stored);
    const { scale, doors, columns, dimensions, fixtures } = document;
    const result = await compute(
      {
        document: { scale, doors, columns, dimensions, ...(fixtures ? { fixtures } : {}) },
        rooms: rooms.map(({ id, source_key, name, number, type, polygon, holes, source_polygon }) => ({
          id,
          source_key,
          name,
          number,
          type,
          polygon,
          holes,
          source_polygon,
        })),
        answers,
      },
      'Screening the plan',
    );
    return {
      label: 'screening',
      edition: EDITION,
      checks: result.checks,
      exits: result.exits ?? [],
      routes: result.routes ?? [],
      loads: result.loads ?? [],
      occupants: result.occupants ?? null,
      answers,
    };
  }

  return {
    screening,

    /** Keeps what the user says, and gives the screening with it. */
    async answerScreening(actor: Actor, id: string, change: UpdateScreeningAnswers): Promise<Screening> {
      const project_id = await postgres.withContext(actor, async (tx) => {
        const { document, project_id } = await planOf(tx, id, 'project:edit');
        const locked = await screenings.findScreening(tx, id, { lock: true });
        const { answers, unknown } = changeAnswers(
          document,
          (locked?.screening_answers ?? {}) as unknown as StoredAnswers,
          change,
        );
        if (unknown.length > 0) {
          throw new AppError(
            'invalid_input',
            `This plan has no door ${unknown.slice(0, 3).join(', ')}; take the ids from its screening or analysis.`,
          );
        }
        await screenings.setScreeningAnswers(tx, id, answers);
        await track(tx, actor, deps.now(), {
          event_name: 'screening_answered',
          event_type: 'action',
          project_id,
          properties: { answers: Object.keys(change) },
        });
        return project_id;
      });
      await live.publish({
        type: 'floor_plan.updated',
        project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
      return await screening(actor, id);
    },
  };
}
