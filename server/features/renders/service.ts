// Renders: pictures of the 3D view that people keep with a project. Their bytes lie in the file store; they leave with the
// retention policy `renders`, or when somebody deletes them.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import {
  MAX_RENDERS_PER_PROJECT,
  type RENDER_TYPES,
  type Render,
  type SaveRenderQuery,
} from '../../../contract/renders.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { makeRateLimiter } from '../../platform/rate-limit.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import { requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { type ModelSources, makeModels } from './models.ts';
import { readPicture } from './picture.ts';
import * as db from './sql.ts';

export type Renders = ReturnType<typeof makeRenders>;

/** A picture as a proposal takes it. */
export interface ProposalRender {
  id: string;
  name: string;
  floor_plan_id: string | null;
  content_type: (typeof RENDER_TYPES)[number];
  width_px: number;
  height_px: number;
  bytes: Uint8Array;
}

/** A proposal has room for so many. */
const IN_PROPOSAL = 6;

export function makeRenders(deps: Deps, sources: ModelSources) {
  const { postgres, files } = deps;
  const uploads = makeRateLimiter(deps.kv, { name: 'save-render', points: 30, window_seconds: 60 });

  async function renderWith(
    tx: Tx,
    id: string,
    permission: 'project:read' | 'project:edit',
  ): Promise<db.RenderRow> {
    const found = await db.findRender(tx, id);
    if (found === undefined) throw notFound('picture');
    await requireProject(tx, found.project_id, permission);
    return found;
  }

  /** Refuses before the picture is looked at: whoever may not save it, a full project, foreign floors and scenarios. */
  async function checkRoom(tx: Tx, projectId: string, wish: SaveRenderQuery) {
    const project = await requireProject(tx, projectId, 'project:edit');
    if (wish.floor_plan_id !== undefined && !(await db.floorOfProject(tx, projectId, wish.floor_plan_id)))
      throw notFound('floor of this project');
    if (wish.scenario_id !== undefined && !(await db.scenarioOfProject(tx, projectId, wish.scenario_id)))
      throw notFound('scenario of this project');
    if ((await db.countRenders(tx, projectId)) >= MAX_RENDERS_PER_PROJECT)
      throw new AppError(
        'conflict',
        `This project has ${MAX_RENDERS_PER_PROJECT} pictures, the most it may have; delete some first.`,
      );
    return project;
  }

  return {
    models: makeModels(deps, sources),

    async save(
      actor: Actor,
      projectId: string,
      wish: SaveRenderQuery,
      read: () => Promise<Uint8Array>,
      origin: Origin | null,
    ): Promise<Render> {
      await postgres.withContext(actor, (tx) => checkRoom(tx, projectId, wish));
      const used = await uploads.consume(actor.user_id);
      if (!used.allowed)
        throw new AppError('too_many_requests', 'Too many pictures at once; wait a moment and go on.', {
          retry_after: used.retry_after_seconds,
        });
      const picture = await readPicture(await read());
      const id = randomUUID();
      const file_key = `renders/${id}/picture.${picture.extension}`;
      const { content_type, width_px, height_px } = picture;
      const { size } = await files.put(file_key, picture.bytes, { content_type });
      try {
        const row = await postgres.withContext(actor, async (tx) => {
          const project = await checkRoom(tx, projectId, wish);
          const made = await db.insertRender(tx, {
            id,
            project_id: projectId,
            floor_plan_id: wish.floor_plan_id ?? null,
            scenario_id: wish.scenario_id ?? null,
            name: wish.name,
            file_key,
            content_type,
            file_size_bytes: size,
            width_px,
            height_px,
            created_by: actor.user_id,
            created_at: deps.now(),
          });
          const where = { project_id: projectId, organization_id: project.organization_id };
          await audit(
            tx,
            { action: 'render.saved', actor_id: actor.user_id, ...where, detail: { render_id: id } },
            origin,
          );
          await track(tx, actor, deps.now(), {
            event_name: 'render_saved',
            event_type: 'action',
            ...where,
            properties: { render_id: id, width_px, height_px, bytes: size },
          });
          return made;
        });
        return toRender(row);
      } catch (error) {
        await files.delete(file_key);
        throw error;
      }
    },

    /** Newest first. */
    async list(actor: Actor, projectId: string, query: z.infer<typeof PageQuery>) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await db.listRenders(tx, projectId, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      return { ...page, items: page.items.map(toRender) };
    },

    async file(actor: Actor, id: string): Promise<{ render: Render; stream: Readable }> {
      const row = await postgres.withContext(actor, (tx) => renderWith(tx, id, 'project:read'));
      return { render: toRender(row), stream: await files.get(row.file_key) };
    },

    async remove(actor: Actor, id: string, origin: Origin | null): Promise<void> {
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await renderWith(tx, id, 'project:edit');
        await db.deleteRender(tx, id);
        await audit(
          tx,
          {
            action: 'render.deleted',
            actor_id: actor.user_id,
            project_id: found.project_id,
            detail: { render_id: id, name: found.name },
          },
          origin,
        );
        return found;
      });
      await files.delete(row.file_key);
    },

    /** The newest pictures of a project with their bytes, newest first, for the views of a proposal. */
    async rendersForProposal(
      actor: Actor,
      projectId: string,
      limit: number = IN_PROPOSAL,
    ): Promise<ProposalRender[]> {
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await db.listRenders(tx, projectId, limit, undefined);
      });
      const found: ProposalRender[] = [];
      for (const row of rows.slice(0, limit)) {
        const { id, name, floor_plan_id, width_px, height_px } = row;
        const content_type = row.content_type as ProposalRender['content_type'];
        const bytes = await files.read(row.file_key);
        found.push({ id, name, floor_plan_id, content_type, width_px, height_px, bytes });
      }
      return found;
    },
  };
}

function toRender({ file_key: _key, ...row }: db.RenderRow): Render {
  return {
    ...row,
    content_type: row.content_type as Render['content_type'],
    file_size_bytes: Number(row.file_size_bytes),
    created_at: iso(row.created_at),
    file_url: `/api/v1/renders/${row.id}/file`,
  };
}
