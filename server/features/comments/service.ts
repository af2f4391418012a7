// Comments: what people on a project say of it, of its rooms and of its lines. Threads are one level deep; who is named is
// told by mail, unless they do not want to be.
import type {
  Comment,
  CommentListQuery,
  CommentSubject,
  CommentThread,
  CreateCommentRequest,
  ProjectPerson,
  UpdateCommentRequest,
} from '../../../contract/comments.ts';
import { roomLabel, withoutIds } from '../../../engine/versions/state.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { SendMail } from '../accounts/service.ts';
import { type Deps, iso, isoOrNull } from '../context.ts';
import type { Live } from '../live.ts';
import { requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import * as db from './sql.ts';

export type Comments = ReturnType<typeof makeComments>;
type Subject = Pick<CommentSubject, 'type' | 'id'> & { details: Omit<CommentSubject, 'type' | 'id'> };

const PROJECT: Subject = {
  type: 'project',
  id: null,
  details: { label: 'The project', space_id: null, need_key: null, sku: null },
};

export function makeComments(deps: Deps, live: Live) {
  const { postgres, jobs } = deps;

  async function found(tx: Tx, id: string, permission: 'project:read' | 'project:comment') {
    const row = await db.findComment(tx, id);
    if (row === undefined || row.deleted_at !== null) throw notFound('comment');
    return { row, project: await requireProject(tx, row.project_id, permission) };
  }

  async function thread(tx: Tx, row: db.CommentRow): Promise<CommentThread> {
    const replies = await db.repliesTo(tx, row.project_id, [row.id]);
    return toThread(row, replies);
  }

  async function tell(actor: Actor, project_id: string, subject_id: string): Promise<void> {
    await live.publish({ type: 'comments.updated', project_id, subject_id, actor_id: actor.user_id });
  }

  return {
    async list(actor: Actor, projectId: string, query: CommentListQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const { rows, replies } = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        const rows = await db.listThreads(tx, projectId, query, after);
        return {
          rows,
          replies: await db.repliesTo(
            tx,
            projectId,
            rows.map(({ id }) => id),
          ),
        };
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      return { ...page, items: page.items.map((row) => toThread(row, replies)) };
    },

    async people(actor: Actor, projectId: string): Promise<ProjectPerson[]> {
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await db.peopleOf(tx, projectId);
      });
      return rows.map((row) => ({ user_id: row.user_id, name: nameOf(row) }));
    },

    async create(actor: Actor, projectId: string, request: CreateCommentRequest): Promise<CommentThread> {
      if (request.thread_id !== undefined && request.subject !== undefined)
        throw new AppError(
          'invalid_input',
          'An answer is about what its thread is about; leave "subject" out.',
        );
      const made = await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:comment');
        const first =
          request.thread_id === undefined ? undefined : await threadOf(tx, projectId, request.thread_id);
        const subject =
          first === undefined ? await subjectOf(tx, projectId, request.subject) : subjectOfRow(first);
        const people = await db.peopleOf(tx, projectId);
        const named = namedOf(people, request.mentions);
        const author = people.find(({ user_id }) => user_id === actor.user_id);
        const id = await db.insertComment(tx, {
          project_id: projectId,
          thread_id: first?.id ?? null,
          subject_type: subject.type,
          subject_id: subject.id,
          subject: JSON.stringify(subject.details),
          body: request.body,
          mentions: named.map(({ user_id }) => user_id),
          author_id: actor.user_id,
          author_name: author === undefined ? 'Somebody' : nameOf(author),
          created_at: deps.now(),
        });
        // An answer opens a resolved thread again.
        if (first !== undefined && first.resolved_at !== null)
          await db.updateComment(tx, first.id, { resolved_at: null, resolved_by: null });
        for (const person of named)
          if (person.user_id !== actor.user_id && wantsMail(person))
            await jobs.enqueue(
              tx,
              SendMail,
              mailOf(deps, person, project.name, projectId, subject, author, request.body),
            );
        await track(tx, actor, deps.now(), {
          event_name: 'comment_written',
          event_type: 'action',
          project_id: projectId,
          organization_id: project.organization_id,
          properties: { subject: subject.type, answer: first !== undefined, mentions: named.length },
        });
        return await thread(tx, (await db.findComment(tx, first?.id ?? id)) as db.CommentRow);
      });
      await tell(actor, projectId, made.id);
      return made;
    },

    /** The words may be changed by who wrote them; a thread is resolved or opened again by everyone who may comment. */
    async update(actor: Actor, id: string, change: UpdateCommentRequest): Promise<CommentThread> {
      const { shown, project_id } = await postgres.withContext(actor, async (tx) => {
        const { row } = await found(tx, id, 'project:comment');
        if (change.body !== undefined) {
          requireOwn(row, actor);
          await db.updateComment(tx, id, { body: change.body, edited_at: deps.now() });
        }
        if (change.resolved !== undefined) {
          if (row.thread_id !== null)
            throw new AppError('invalid_input', 'A thread is resolved as a whole; name its first comment.');
          await db.updateComment(tx, id, {
            resolved_at: change.resolved ? deps.now() : null,
            resolved_by: change.resolved ? actor.user_id : null,
          });
        }
        const first = (await db.findComment(tx, row.thread_id ?? id)) as db.CommentRow;
        return { shown: await thread(tx, first), project_id: row.project_id };
      });
      await tell(actor, project_id, shown.id);
      return shown;
    },

    /** Threads that were begun through this link, with every answer. As the system: the link was checked by the caller. */
    async ofLink(projectId: string, linkId: string): Promise<CommentThread[]> {
      return await postgres.asSystem(async (tx) => {
        const rows = await db.threadsOfLink(tx, projectId, linkId);
        const replies = await db.repliesTo(
          tx,
          projectId,
          rows.map(({ id }) => id),
        );
        return rows.map((row) => toThread(row, replies));
      });
    },

    /** By somebody without an account; the link was checked by the caller. Answers only in threads of the same link. */
    async addByLink(
      projectId: string,
      linkId: string,
      said: { name: string; body: string; space_id?: string | undefined; thread_id?: string | undefined },
    ): Promise<void> {
      await postgres.asSystem(async (tx) => {
        const first =
          said.thread_id === undefined ? undefined : await threadOf(tx, projectId, said.thread_id);
        if (first !== undefined && first.share_link_id !== linkId) throw notFound('thread');
        const asked = said.space_id === undefined ? undefined : { type: 'space' as const, id: said.space_id };
        const subject = first === undefined ? await subjectOf(tx, projectId, asked) : subjectOfRow(first);
        await db.insertComment(tx, {
          project_id: projectId,
          thread_id: first?.id ?? null,
          subject_type: subject.type,
          subject_id: subject.id,
          subject: JSON.stringify(subject.details),
          body: said.body,
          mentions: [],
          author_id: null,
          author_name: said.name,
          share_link_id: linkId,
          created_at: deps.now(),
        });
      });
      await live.publish({ type: 'comments.updated', project_id: projectId });
    },

    /** The words go; what others answered stays. */
    async remove(actor: Actor, id: string): Promise<void> {
      const row = await postgres.withContext(actor, async (tx) => {
        const { row, project } = await found(tx, id, 'project:comment');
        // What strangers wrote through a link is taken out by the project's owner.
        if (!(row.share_link_id !== null && project.role === 'owner')) requireOwn(row, actor);
        await db.updateComment(tx, id, { body: '', mentions: [], deleted_at: deps.now() });
        return row;
      });
      await tell(actor, row.project_id, row.thread_id ?? row.id);
    },
  };
}

function requireOwn(row: db.CommentRow, actor: Actor): void {
  if (row.author_id !== actor.user_id)
    throw new AppError('forbidden', 'Only who wrote a comment may change or delete it.');
}

async function threadOf(tx: Tx, projectId: string, id: string): Promise<db.CommentRow> {
  const first = await db.findComment(tx, id);
  if (first === undefined || first.project_id !== projectId || first.thread_id !== null)
    throw notFound('thread');
  return first;
}

export async function subjectOf(
  tx: Tx,
  projectId: string,
  asked: CreateCommentRequest['subject'],
): Promise<Subject> {
  if (asked === undefined || asked.type === 'project') return PROJECT;
  if (asked.id === undefined)
    throw new AppError('invalid_input', `Say which ${asked.type} the comment is about ("id").`);
  if (asked.type === 'space') {
    const space = await db.spaceOf(tx, projectId, asked.id);
    if (space === undefined) throw notFound('room of this project');
    return {
      type: 'space',
      id: space.id,
      details: { label: roomLabel(space), space_id: space.id, need_key: null, sku: null },
    };
  }
  const item = await db.itemOf(tx, projectId, asked.id);
  if (item === undefined) throw notFound('line of this project');
  return {
    type: 'item',
    id: item.id,
    details: {
      label: item.name,
      space_id: item.space_id,
      need_key: item.need_key === null ? null : withoutIds(item.need_key),
      sku: item.sku,
    },
  };
}
function subjectOfRow(row: db.CommentRow): Subject {
  return {
    type: row.subject_type as Subject['type'],
    id: row.subject_id,
    details: { ...PROJECT.details, ...(row.subject as Partial<Subject['details']>) },
  };
}

function namedOf(people: db.PersonRow[], mentions: string[]): db.PersonRow[] {
  return [...new Set(mentions)].map((id) => {
    const person = people.find(({ user_id }) => user_id === id);
    if (person === undefined)
      throw new AppError(
        'invalid_input',
        'Somebody named in the comment does not work on this project; share it with them first.',
      );
    return person;
  });
}

function nameOf(person: Pick<db.PersonRow, 'first_name' | 'last_name' | 'email'>): string {
  return [person.first_name, person.last_name].filter(Boolean).join(' ') || person.email;
}

/** users.preferences.notifications: {email: false} for no mail at all, {mentions: false} for none of this kind. */
function wantsMail({ preferences }: db.PersonRow): boolean {
  const { notifications } = (preferences ?? {}) as {
    notifications?: { email?: unknown; mentions?: unknown };
  };
  return notifications?.email !== false && notifications?.mentions !== false;
}

function mailOf(
  { config }: Deps,
  to: db.PersonRow,
  project: string,
  projectId: string,
  subject: Subject,
  author: db.PersonRow | undefined,
  body: string,
) {
  const who = author === undefined ? 'Somebody' : nameOf(author);
  const about = subject.type === 'project' ? project : `${subject.details.label} in ${project}`;
  const address = `${config.public_url ?? `http://localhost:${config.port}`}/projects/${projectId}?side=comments`;
  return {
    to: to.email,
    subject: `${who} named you in a comment on ${about}`.replace(/\p{Cc}/gu, ' ').slice(0, 200),
    text: `${who} wrote about ${about}:\n\n${body}\n\nAnswer at ${address}\n`,
  };
}

export function toComment(row: db.CommentRow): Comment {
  return {
    id: row.id,
    thread_id: row.thread_id,
    body: row.body,
    mentions: row.mentions,
    author_id: row.author_id,
    author_name: row.author_name,
    by_link: row.share_link_id !== null,
    created_at: iso(row.created_at),
    edited_at: isoOrNull(row.edited_at),
    deleted_at: isoOrNull(row.deleted_at),
  };
}

export function toThread(row: db.CommentRow, replies: db.CommentRow[]): CommentThread {
  const { type, id, details } = subjectOfRow(row);
  return {
    ...toComment(row),
    subject: { type, id, ...details },
    resolved_at: isoOrNull(row.resolved_at),
    resolved_by: row.resolved_by,
    replies: replies.filter((reply) => reply.thread_id === row.id).map(toComment),
  };
}
