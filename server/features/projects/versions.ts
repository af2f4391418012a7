// Versions by name, compared and brought back, and copies of projects: nothing that stood is lost by any of them.
import { randomUUID } from 'node:crypto';
import type {
  CloneProjectRequest,
  ProjectVersion,
  RestoreVersionReport,
  VersionDiff,
} from '../../../contract/versions.ts';
import { diffStates } from '../../../engine/versions/diff.ts';
import { type ContentColumn, type ProjectState, withNewIds } from '../../../engine/versions/state.ts';
import { AppError, notFound, sqlState } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import type { Deps, Origin } from '../context.ts';
import type { Live } from '../live.ts';
import { track } from '../track.ts';
import { markReached } from './milestones.ts';
import { cleared, furnishAgain, putBill, putBrief, putFloors, referencesOf } from './restore.ts';
import { refreshProgress, requireProject, toVersion } from './service.ts';
import { captureState, keepVersion, stateOf } from './snapshots.ts';
import { putRows } from './sql/state.ts';
import * as db from './sql/versions.ts';
import { homeOrganization, insertProject, mayCreateIn, updateProject } from './sql.ts';

export type Versions = ReturnType<typeof makeVersions>;

export function makeVersions(deps: Deps, live: Live) {
  const { postgres, files } = deps;

  async function shown(tx: Tx, id: string, n: number): Promise<ProjectVersion> {
    const found = await db.findVersion(tx, id, n);
    if (found === undefined) throw notFound('version');
    const { snapshot: _snapshot, state_sha256: _sha, ...row } = found;
    return toVersion(row);
  }

  async function tell(
    actor: Actor,
    id: string,
    types: Parameters<Live['publish']>[0]['type'][],
  ): Promise<void> {
    for (const type of types) await live.publish({ type, project_id: id, actor_id: actor.user_id });
  }

  return {
    async save(actor: Actor, id: string, summary: string): Promise<ProjectVersion> {
      const version = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, id, 'project:edit', { lock: true });
        const { version_number } = await keepVersion(tx, id, {
          kind: 'named',
          summary,
          created_by: actor.user_id,
        });
        return await shown(tx, id, version_number);
      });
      await tell(actor, id, ['versions.updated']);
      return version;
    },

    async get(actor: Actor, id: string, n: number): Promise<ProjectState> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, id, 'project:read');
        return await stateOf(tx, id, n);
      });
    },

    /** From version n to another one, or to the project as it stands. */
    async diff(
      actor: Actor,
      id: string,
      n: number,
      query: { with: number | 'current'; scenario?: string | undefined },
    ): Promise<VersionDiff> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, id, 'project:read');
        const side = async (of: number | 'current') => {
          if (of === 'current')
            return { state: await captureState(tx, id), version_number: null, created_at: null };
          const { version_number, created_at } = await shown(tx, id, of);
          return { state: await stateOf(tx, id, of), version_number, created_at };
        };
        const { state: before, ...from } = await side(n);
        const { state: after, ...to } = await side(query.with);
        return { before: from, after: to, ...diffStates(before, after, query.scenario) };
      });
    },

    /** The state of version n as a new version; what stands now is kept as one first, unless one holds it already. */
    async restore(actor: Actor, id: string, n: number, origin: Origin): Promise<RestoreVersionReport> {
      const wanted = await this.get(actor, id, n);
      if (wanted.format !== 2)
        throw new AppError(
          'conflict',
          `Version ${n} was saved before versions could be brought back; it can only be compared.`,
        );
      const { state, notes } = cleared(wanted, await referencesOf(deps, wanted));
      const report = await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, id, 'project:edit', { lock: true });
        if (project.status === 'archived' || project.status === 'completed')
          throw new AppError(
            'conflict',
            `This project is ${project.status}; open it again before you restore a version.`,
          );
        const kept = await keepVersion(tx, id, {
          kind: 'automatic',
          summary: `Before version ${n} was brought back`,
          created_by: actor.user_id,
          onlyIfNew: true,
        });
        const now = await captureState(tx, id);
        await putBrief(tx, id, state);
        if (project.status === 'approved') {
          await updateProject(tx, id, { status: 'in_progress' });
          notes.push(
            'The project was approved; it is in progress again, the approval stays with its version.',
          );
        }
        const rooms = await putFloors(tx, now, state, deps.now());
        if (state.recommendation !== null) await putBill(tx, id, state, deps.now());
        else if (now.recommendation !== null) {
          notes.push(`Version ${n} had no furniture; the present list stays and is arranged in its rooms.`);
          await furnishAgain(deps, tx, id, actor.user_id, rooms);
        }
        await markReached(tx, id);
        await refreshProgress(tx, id);
        const { change_summary } = await shown(tx, id, n);
        const made = await keepVersion(tx, id, {
          kind: 'restored',
          summary: `Version ${n} brought back${change_summary ? `: ${change_summary}` : ''}`,
          created_by: actor.user_id,
        });
        await audit(
          tx,
          {
            action: 'project.version_restored',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
            detail: { from: n, to: made.version_number },
          },
          origin,
        );
        return {
          version: await shown(tx, id, made.version_number),
          kept_as: kept.is_new ? kept.version_number : null,
          notes,
        };
      });
      await tell(actor, id, [
        'project.updated',
        'floor_plan.updated',
        'spaces.updated',
        'recommendation.updated',
        'versions.updated',
      ]);
      return report;
    },

    /** A copy of the chosen parts under a new name, owned by the caller. Returns its id. */
    async clone(actor: Actor, id: string, request: CloneProjectRequest, origin: Origin): Promise<string> {
      const parts = new Set(request.parts);
      if (parts.has('furniture') && !parts.has('plan'))
        throw new AppError('invalid_input', 'Furniture stands in rooms; copy the plan too ("plan").', {
          fields: [{ path: 'parts', message: 'furniture needs plan' }],
        });
      const { source, owner } = await postgres.withContext(actor, async (tx) => {
        const owner = await requireProject(tx, id, 'project:read');
        return { source: await captureState(tx, id), owner };
      });
      const copy = copyOf(source, parts);
      const { state } = cleared(copy.state, await referencesOf(deps, copy.state));
      const stored: string[] = [];
      try {
        for (const [from, to] of copy.files)
          if ((await files.stat(from)) !== undefined) {
            stored.push(to);
            await files.put(to, await files.get(from), { content_type: 'application/octet-stream' });
          }
        const made = await postgres.withContext(actor, async (tx) => {
          const organization_id =
            request.organization_id === undefined
              ? ((await mayCreateIn(tx, actor.user_id, owner.organization_id)) ??
                (await homeOrganization(tx, actor.user_id)))
              : request.organization_id;
          const made = await create(tx, actor, request.name, organization_id);
          const projectId = { project_id: made };
          if (parts.has('brief')) await putBrief(tx, made, state, BRIEF_COLUMNS);
          await putRows(
            tx,
            'floor_plans',
            state.floor_plans.map((row) => ({ ...row, ...projectId, uploaded_by: actor.user_id })),
          );
          await putRows(
            tx,
            'spaces',
            state.spaces.map((row) => ({ ...row, ...projectId })),
          );
          if (parts.has('furniture'))
            await putBill(tx, made, { ...state, project: { id: made } }, deps.now());
          await markReached(tx, made);
          await refreshProgress(tx, made);
          await audit(
            tx,
            {
              action: 'project.cloned',
              actor_id: actor.user_id,
              organization_id,
              project_id: made,
              detail: { from: id, parts: [...parts] },
            },
            origin,
          );
          await track(tx, actor, deps.now(), {
            event_name: 'project_created',
            event_type: 'action',
            project_id: made,
            organization_id,
            properties: { cloned: true, template: owner.is_template },
          });
          return made;
        });
        return made;
      } catch (error) {
        for (const key of stored) await files.delete(key);
        throw error;
      }
    },

    /** Marks a project as a pattern for its organization, or no longer. */
    async setTemplate(actor: Actor, id: string, is_template: boolean, origin: Origin): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, id, 'project:share', { lock: true });
        await updateProject(tx, id, { is_template });
        await audit(
          tx,
          {
            action: is_template ? 'project.template_made' : 'project.template_ended',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: id,
          },
          origin,
        );
      });
      await tell(actor, id, ['project.updated']);
    },
  };

  async function create(tx: Tx, actor: Actor, name: string, organization_id: string | null): Promise<string> {
    try {
      return await insertProject(tx, {
        owner_id: actor.user_id,
        organization_id,
        name,
        description: null,
        client: '{}',
        budget: '{}',
        timeline: '{}',
        tags: [],
      });
    } catch (error) {
      if (sqlState(error) === '42501') throw notFound('organization');
      throw error;
    }
  }
}

/** A copy has a name and a client of its own; dates of the first are not those of the second. */
const BRIEF_COLUMNS: readonly ContentColumn[] = [
  'description',
  'requirements',
  'budget',
  'preferences',
  'sustainability_targets',
  'tags',
];

/** The asked parts under new ids, and the files to copy: from key to key. */
function copyOf(source: ProjectState, parts: ReadonlySet<string>) {
  const plan = parts.has('plan');
  const bill = plan && parts.has('furniture');
  const chosen: ProjectState = {
    ...source,
    floor_plans: plan ? source.floor_plans.filter((floor) => floor['status'] === 'analyzed') : [],
    spaces: plan ? source.spaces : [],
    recommendation: bill ? source.recommendation : null,
    budget_scenarios: bill ? source.budget_scenarios : [],
    recommendation_items: bill ? source.recommendation_items : [],
    item_snapshots: bill ? source.item_snapshots : [],
    sustainability_metrics: bill ? source.sustainability_metrics : [],
  };
  const read = new Set(chosen.floor_plans.map((floor) => floor['id']));
  chosen.spaces = chosen.spaces.filter((space) => read.has(space['floor_plan_id']));
  const old = [...chosen.floor_plans, ...chosen.spaces].map((row) => String(row['id']).toLowerCase());
  const ids = new Map(old.map((id) => [id, randomUUID() as string]));
  const state = withNewIds(chosen, ids);
  const files = state.floor_plans.map((floor, i): [string, string] => {
    const to = `floor-plans/${String(floor['id'])}/original`;
    floor['file_url'] = to;
    floor['file_revision'] = 1;
    return [String(chosen.floor_plans[i]?.['file_url']), to];
  });
  return { state, files };
}
