// Share links, as the people on a project make, see and end them. The token is told once and kept only as a hash.
import { randomUUID } from 'node:crypto';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  CreatedShareLink,
  CreateShareLinkRequest,
  ShareDecision,
  ShareLink,
} from '../../../contract/sharing.ts';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { hashPassword } from '../accounts/service.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import type { Live } from '../live.ts';
import { requireProject } from '../projects/service.ts';
import * as db from './sql.ts';

const DAY_MS = 24 * 3_600_000;

export type Sharing = ReturnType<typeof makeSharing>;

export function makeSharing(deps: Deps, live: Live) {
  const { postgres } = deps;

  async function tell(actor: Actor, project_id: string): Promise<void> {
    await live.publish({ type: 'sharing.updated', project_id, actor_id: actor.user_id });
  }

  return {
    async create(
      actor: Actor,
      projectId: string,
      request: CreateShareLinkRequest,
      origin: Origin,
    ): Promise<CreatedShareLink> {
      const { label, role, prices, downloads, password, days } = request;
      const token = newToken();
      const id = randomUUID();
      const password_hash = password === undefined ? null : await hashPassword(password);
      const row = await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:share');
        await db.insertLink(tx, {
          ...{ id, label, role, prices, downloads, password_hash },
          project_id: projectId,
          token_hash: hashToken(token),
          expires_at: new Date(deps.now().getTime() + days * DAY_MS),
          created_by: actor.user_id,
        });
        await audit(
          tx,
          {
            action: 'share_link.created',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: projectId,
            detail: { share_link_id: id, role, prices, downloads, days, password: password !== undefined },
          },
          origin,
        );
        return await db.findLink(tx, id);
      });
      if (row === undefined) throw notFound('link');
      await tell(actor, projectId);
      return { ...toLink(row, password !== undefined), path: `/shared/${token}` };
    },

    async list(actor: Actor, projectId: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:share');
        return await db.listLinks(tx, projectId, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      const locked = await postgres.asSystem((tx) =>
        db.withPassword(
          tx,
          page.items.map(({ id }) => id),
        ),
      );
      return { ...page, items: page.items.map((row) => toLink(row, locked.has(row.id))) };
    },

    /** The link opens nothing from now on. */
    async revoke(actor: Actor, id: string, origin: Origin): Promise<void> {
      const projectId = await postgres.withContext(actor, async (tx) => {
        const found = await db.findLink(tx, id);
        if (found === undefined) throw notFound('link');
        const project = await requireProject(tx, found.project_id, 'project:share');
        await db.revokeLink(tx, id, deps.now());
        await audit(
          tx,
          {
            action: 'share_link.revoked',
            actor_id: actor.user_id,
            organization_id: project.organization_id,
            project_id: found.project_id,
            detail: { share_link_id: id },
          },
          origin,
        );
        return found.project_id;
      });
      await tell(actor, projectId);
    },

    async decisions(actor: Actor, projectId: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await db.listDecisions(tx, projectId, query.limit, after);
      });
      const labels = await postgres.asSystem((tx) => db.labelsOf(tx, projectId));
      const page = pageFrom(rows, query.limit, (row) => [iso(row.decided_at), row.id]);
      return {
        ...page,
        items: page.items.map(
          ({ share_link_id, ...row }): ShareDecision => ({
            ...row,
            decision: row.decision as ShareDecision['decision'],
            link_label: share_link_id === null ? null : (labels.get(share_link_id) ?? null),
            decided_at: iso(row.decided_at),
          }),
        ),
      };
    },
  };
}

function toLink({ project_id: _project, ...row }: db.LinkRow, has_password: boolean): ShareLink {
  return {
    ...row,
    role: row.role as ShareLink['role'],
    prices: row.prices as ShareLink['prices'],
    has_password,
    expires_at: iso(row.expires_at),
    revoked_at: isoOrNull(row.revoked_at),
    last_opened_at: isoOrNull(row.last_opened_at),
    created_at: iso(row.created_at),
  };
}
