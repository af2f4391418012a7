// What somebody without an account sees and does through a share link. Everything is read with the rights of who made the
// link, so that the link ends with them; then only what the link allows is handed on. Every refusal is the same 404.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { DecideRequest, SharedCommentRequest, SharedProject } from '../../../contract/sharing.ts';
import { AppError } from '../../platform/errors.ts';
import { truncatedIp } from '../../platform/event-rows.ts';
import type { Actor } from '../../platform/http.ts';
import { makeRateLimiter, senderOf } from '../../platform/rate-limit.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { verifyPassword } from '../accounts/service.ts';
import { audit } from '../audit.ts';
import type { Comments } from '../comments/service.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import type { ExportFile, Exports } from '../exports/service.ts';
import { happened } from '../happenings.ts';
import type { Live } from '../live.ts';
import type { Projects } from '../projects/service.ts';
import { captureState, fingerprintOf, keepVersion } from '../projects/service.ts';
import { track } from '../track.ts';
import { toShared } from './shape.ts';
import * as db from './sql.ts';

const GRANT_SECONDS = 12 * 3600;
const TRIES = 10;
const TRIES_WINDOW_SECONDS = 900;

export interface ShareVisit {
  token: string;
  grant: string | undefined;
}

export type Visits = ReturnType<typeof makeVisits>;

function gone(): AppError {
  return new AppError('not_found', 'This link is not valid, or its time is over; ask for a new one.');
}

export function makeVisits(
  deps: Deps,
  live: Live,
  { exports, comments, projects }: { exports: Exports; comments: Comments; projects: Projects },
) {
  const { postgres, kv } = deps;
  const tries = makeRateLimiter(kv, {
    name: 'share_password',
    points: TRIES,
    window_seconds: TRIES_WINDOW_SECONDS,
  });
  const writes = makeRateLimiter(kv, { name: 'share_write', points: 20, window_seconds: 3600 });

  async function linkOf(token: string): Promise<db.OpenLink> {
    const link = await postgres.asSystem((tx) => db.findByToken(tx, hashToken(token), deps.now()));
    if (link === undefined) throw gone();
    return link;
  }

  /** The link, once its password was given; and the person whose rights it carries. */
  async function enter({ token, grant }: ShareVisit): Promise<{ link: db.OpenLink; maker: Actor }> {
    const link = await linkOf(token);
    const maker: Actor = {
      user_id: link.created_by,
      is_admin: false,
      by: { kind: 'session', session_id: '' },
    };
    const project = await projects.get(maker, link.project_id).catch((error: unknown) => {
      if (error instanceof AppError) throw gone();
      throw error;
    });
    // Who may share no longer has no links either.
    if (project.role !== 'owner') throw gone();
    if (link.password_hash !== null) {
      const known = grant === undefined ? undefined : await kv.get(grantKey(grant));
      if (known !== grantValue(link)) throw new AppError('not_signed_in', 'This link asks for a password.');
    }
    return { link, maker };
  }

  async function stateNow(projectId: string): Promise<string> {
    return fingerprintOf(await postgres.asSystem((tx) => captureState(tx, projectId)));
  }

  async function limitWrites(link: db.OpenLink, origin: Origin): Promise<void> {
    const used = await writes.consume(`${link.id}:${senderOf(origin.ip_address)}`);
    if (!used.allowed)
      throw new AppError('too_many_requests', 'That is a lot at once; wait a while and go on.', {
        retry_after: used.retry_after_seconds,
      });
  }

  const self = {
    async unlock(
      token: string,
      password: string,
      origin: Origin,
    ): Promise<{ grant: string; expires_at: string }> {
      const link = await linkOf(token);
      if (link.password_hash === null) throw gone();
      for (const key of [link.id, `${link.id}:${senderOf(origin.ip_address)}`]) {
        const used = await tries.consume(key);
        if (!used.allowed)
          throw new AppError(
            'too_many_requests',
            `Too many tries; wait ${Math.ceil(used.retry_after_seconds / 60)} min and try again.`,
            { retry_after: used.retry_after_seconds },
          );
      }
      if (!(await verifyPassword(link.password_hash, password))) {
        await postgres.asSystem((tx) => audit(tx, entryOf('share_link.password_refused', link), origin));
        throw new AppError('forbidden', 'This is not the password of this link; try again.');
      }
      await tries.reset(link.id);
      const grant = newToken();
      await kv.set(grantKey(grant), grantValue(link), GRANT_SECONDS);
      return { grant, expires_at: new Date(deps.now().getTime() + GRANT_SECONDS * 1000).toISOString() };
    },

    async open(visit: ShareVisit, origin: Origin): Promise<SharedProject> {
      const { link, maker } = await enter(visit);
      const projectId = link.project_id;
      // The state is named before and after it is read: what is approved is what was shown.
      const state = await stateNow(projectId);
      const document = await exports.document(maker, projectId, { audience: 'client', files: false });
      if ((await stateNow(projectId)) !== state) {
        throw new AppError(
          'conflict',
          'The project is being changed right now; open the link again in a moment.',
          {
            retry_after: 1,
          },
        );
      }
      const made = link.downloads ? await self.files(maker, link) : [];
      const threads = await comments.ofLink(projectId, link.id);
      const decided = await postgres.asSystem(async (tx) => {
        await db.countOpening(tx, link.id, deps.now());
        await audit(tx, { ...entryOf('share_link.opened', link) }, origin);
        await track(tx, { user_id: null }, deps.now(), {
          event_name: 'share_link_opened',
          event_type: 'action',
          project_id: projectId,
          properties: { role: link.role },
        });
        return (await db.listDecisions(tx, projectId, 100, undefined)).filter(
          (one) => one.share_link_id === link.id,
        );
      });
      return toShared(document, link, {
        state,
        files: made,
        comments: threads,
        decisions: decided.map((one) => ({
          id: one.id,
          decision: one.decision as 'approved',
          version_number: one.version_number,
          name: one.name,
          note: one.note,
          decided_at: iso(one.decided_at),
        })),
      });
    },

    /** Finished files for clients; where the link shows no selling prices there are none, for files hold them. */
    async files(maker: Actor, link: db.OpenLink) {
      if (!link.downloads || link.prices !== 'sell') return [];
      const page = await exports.list(maker, link.project_id, { limit: 100 });
      return page.items
        .filter((one) => one.status === 'ready' && one.audience === 'client' && !one.has_cost)
        .map((one) => ({
          id: one.id,
          file_name: one.file_name ?? 'proposal',
          bytes: one.file_size_bytes ?? 0,
          created_at: one.created_at,
        }));
    },

    async file(visit: ShareVisit, exportId: string, origin: Origin): Promise<ExportFile> {
      const { link, maker } = await enter(visit);
      if (!(await self.files(maker, link)).some(({ id }) => id === exportId)) throw gone();
      await postgres.asSystem((tx) =>
        audit(tx, { ...entryOf('share_link.downloaded', link, { export_id: exportId }) }, origin),
      );
      return await exports.file(maker, exportId, origin);
    },

    async comment(
      visit: ShareVisit,
      request: z.infer<typeof SharedCommentRequest>,
      origin: Origin,
    ): Promise<void> {
      const { link } = await enter(visit);
      if (link.role === 'viewer') throw new AppError('forbidden', 'This link is for looking only.');
      await limitWrites(link, origin);
      await comments.addByLink(link.project_id, link.id, request);
    },

    /** Approves exactly the state that was shown, which becomes a version, or asks for changes to it. */
    async decide(visit: ShareVisit, request: DecideRequest, origin: Origin) {
      const { link } = await enter(visit);
      if (link.role !== 'approver')
        throw new AppError('forbidden', 'This link does not ask for an approval.');
      await limitWrites(link, origin);
      const { decision, name, email, note } = request;
      const now = deps.now();
      const made = await postgres.asSystem(async (tx) => {
        const project = await db.lockProject(tx, link.project_id);
        if (project === undefined) throw gone();
        if (fingerprintOf(await captureState(tx, project.id)) !== request.state)
          throw new AppError(
            'stale_revision',
            'The project was changed after you opened it; look at it as it is now, then decide.',
          );
        if (project.status === 'archived' || project.status === 'completed')
          throw new AppError(
            'conflict',
            `This project is ${project.status}; there is nothing to decide any more.`,
          );
        const approved = decision === 'approved';
        const { version_number } = await keepVersion(tx, project.id, {
          kind: 'automatic',
          summary: approved ? `Approved by ${name}` : `${name} asked for changes`,
          created_by: null,
        });
        if (approved) await db.setStatus(tx, project.id, 'approved');
        else if (project.status === 'approved') await db.setStatus(tx, project.id, 'in_progress');
        const id = await db.insertDecision(tx, {
          project_id: project.id,
          share_link_id: link.id,
          version_number,
          ...{ decision, name, email, note: note ?? null },
          ip_address: truncatedIp(origin.ip_address ?? '') || null,
          decided_at: now,
        });
        await audit(
          tx,
          { ...entryOf(`project.${decision}`, link, { decision_id: id, version_number }) },
          origin,
        );
        await track(tx, { user_id: null }, now, {
          event_name: `project_${decision}`,
          event_type: 'action',
          project_id: project.id,
          properties: { by: 'share_link' },
        });
        await happened(tx, {
          type: approved ? 'project.approved' : 'project.changes_requested',
          project_id: project.id,
          subject_id: id,
          actor_id: null,
          happened_at: now,
          data: { version_number, name },
        });
        return { id, decision, version_number, name, note: note ?? null, decided_at: now.toISOString() };
      });
      const project_id = link.project_id;
      for (const type of ['project.updated', 'sharing.updated', 'versions.updated'] as const)
        await live.publish({ type, project_id });
      return made;
    },
  };
  return self;
}

function entryOf(action: string, link: db.OpenLink, detail: Record<string, unknown> = {}) {
  return {
    action,
    actor_id: null,
    organization_id: link.organization_id,
    project_id: link.project_id,
    detail: { share_link_id: link.id, ...detail },
  };
}

function grantKey(grant: string): string {
  return `share:grant:${hashToken(grant)}`;
}

/** Of the link and its password: another password ends what the old one opened. */
function grantValue(link: db.OpenLink): string {
  return createHash('sha256').update(`${link.id}:${link.password_hash}`).digest('hex');
}
