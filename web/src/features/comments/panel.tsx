// Comments of the project: threads on the whole, on rooms and on lines; answered, resolved and found again on the plan.
import { useQuery } from '@tanstack/react-query';
import { Check, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Comment, CommentThread } from '../../../../contract/comments.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import { useMe } from '../../api/accounts.ts';
import { commentsQuery, useComment, useDeleteComment, useUpdateComment } from '../../api/comments.ts';
import { useSelection } from '../../routes/workspace/selection.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Segmented } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';
import { Composer } from './composer.tsx';
import { type CommentTopic, isAbout, useTopic } from './topic.ts';

export function CommentsPanel({ project }: { project: Project }) {
  const threads = useQuery(commentsQuery(project.id));
  const { topic, setTopic } = useTopic();
  const [which, setWhich] = useState<'open' | 'resolved'>('open');
  const may = projectRoleMay(project.role, 'project:comment');
  const about = (threads.data ?? []).filter((thread) => topic === null || isAbout(thread, topic));
  const shown = about.filter((thread) => (thread.resolved_at === null) === (which === 'open'));
  const count = (open: boolean) => about.filter((thread) => (thread.resolved_at === null) === open).length;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-hairline px-5 py-3">
        <Segmented
          label="Which"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'open', label: `Open ${count(true)}` },
            { value: 'resolved', label: `Resolved ${count(false)}` },
          ]}
        />
        {topic === null ? null : (
          <span className="flex min-w-0 items-center gap-1 text-sm">
            <span className="truncate">on {topic.label}</span>
            <Button size="sm" variant="quiet" onClick={() => setTopic(null)}>
              Show all
            </Button>
          </span>
        )}
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        {may && which === 'open' ? <NewThread project={project} topic={topic} /> : null}
        {threads.isPending ? (
          <div className="px-5 py-4">
            <SkeletonLines lines={4} />
          </div>
        ) : threads.isError ? (
          <ErrorState
            title="The comments could not be loaded"
            error={threads.error}
            onRetry={() => void threads.refetch()}
          />
        ) : shown.length === 0 ? (
          <EmptyState
            title={which === 'open' ? 'Nothing is open' : 'Nothing is resolved yet'}
            className="px-5"
          >
            {which === 'open'
              ? 'Say something about the project, or select a room or a line and comment on it. Name people with @.'
              : 'Resolved threads are kept here.'}
          </EmptyState>
        ) : (
          <ul>
            {shown.map((thread) => (
              <Thread key={thread.id} project={project} thread={thread} may={may} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function NewThread({ project, topic }: { project: Project; topic: CommentTopic | null }) {
  const comment = useComment(project.id);
  return (
    <div className="border-b border-hairline px-5 py-3">
      <Composer
        project={project}
        label={topic === null ? 'Comment on the project' : `Comment on ${topic.label}`}
        busy={comment.isPending}
        onSend={async (body, mentions) => {
          await comment.mutateAsync({
            body,
            mentions,
            subject: topic === null ? { type: 'project' } : { type: topic.type, id: topic.id },
          });
        }}
      />
    </div>
  );
}

function Thread({ project, thread, may }: { project: Project; thread: CommentThread; may: boolean }) {
  const comment = useComment(project.id);
  const update = useUpdateComment(project.id);
  const { selectSpace } = useSelection();
  const [answering, setAnswering] = useState(false);
  const { subject } = thread;
  const resolved = thread.resolved_at !== null;
  return (
    <li className={cx('border-b border-hairline px-5 py-3', resolved && 'text-ink-2')}>
      <div className="mb-1 flex items-center gap-2 text-xs text-ink-3">
        {subject.type === 'project' ? (
          <span>The project</span>
        ) : (
          <button
            type="button"
            disabled={subject.space_id === null}
            onClick={() => selectSpace(subject.space_id)}
            className="min-h-6 truncate text-accent enabled:hover:underline"
          >
            {subject.label}
          </button>
        )}
        {may ? (
          <span className="ml-auto">
            <IconButton
              size="sm"
              label={resolved ? 'Open again' : 'Resolve'}
              onClick={() =>
                update.mutate(
                  { id: thread.id, resolved: !resolved },
                  { onError: toastProblem('The thread was not changed') },
                )
              }
            >
              {resolved ? <RotateCcw /> : <Check />}
            </IconButton>
          </span>
        ) : null}
      </div>
      <Said project={project} said={thread} />
      {thread.replies.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-2 border-l border-hairline pl-3">
          {thread.replies.map((reply) => (
            <li key={reply.id}>
              <Said project={project} said={reply} />
            </li>
          ))}
        </ul>
      ) : null}
      {!may ? null : answering ? (
        <div className="mt-2">
          <Composer
            project={project}
            label="Answer"
            autoFocus
            busy={comment.isPending}
            onCancel={() => setAnswering(false)}
            onSend={async (body, mentions) => {
              await comment.mutateAsync({ body, mentions, thread_id: thread.id });
              setAnswering(false);
            }}
          />
        </div>
      ) : (
        <Button size="sm" variant="quiet" className="mt-1 -ml-2" onClick={() => setAnswering(true)}>
          Answer
        </Button>
      )}
    </li>
  );
}

function Said({ project, said }: { project: Project; said: Comment }) {
  const { user } = useMe();
  const update = useUpdateComment(project.id);
  const remove = useDeleteComment(project.id);
  const [editing, setEditing] = useState(false);
  const own = said.author_id === user.id && said.deleted_at === null;
  if (editing)
    return (
      <Composer
        project={project}
        label="Change the comment"
        value={said.body}
        autoFocus
        busy={update.isPending}
        onCancel={() => setEditing(false)}
        onSend={async (body) => {
          await update.mutateAsync({ id: said.id, body });
          setEditing(false);
        }}
      />
    );
  return (
    <article className="group text-sm">
      <header className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
        <span className="font-medium text-ink">{said.author_name}</span>
        {said.by_link ? <Badge>through a link</Badge> : null}
        <time dateTime={said.created_at} title={new Date(said.created_at).toLocaleString()}>
          {formatAgo(said.created_at)}
        </time>
        {said.edited_at === null ? null : <span>changed</span>}
        {own ? (
          <span className="ml-auto flex gap-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:opacity-100">
            <button type="button" className="min-h-6 px-1 hover:text-ink" onClick={() => setEditing(true)}>
              Change
            </button>
            <button
              type="button"
              className="min-h-6 px-1 hover:text-ink"
              onClick={() => remove.mutate(said.id, { onError: toastProblem('The comment was not deleted') })}
            >
              Delete
            </button>
          </span>
        ) : null}
      </header>
      {said.deleted_at === null ? (
        <p className="break-words whitespace-pre-wrap">{said.body}</p>
      ) : (
        <p className="text-ink-3 italic">deleted</p>
      )}
    </article>
  );
}
