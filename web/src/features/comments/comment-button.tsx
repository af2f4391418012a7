// How many open threads a room or a line has; pressed, it opens them. Place it at the end of a row:
// <CommentButton topic={{ type: 'space', id: space.id, label }} />
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { MessageSquare } from 'lucide-react';
import { commentsQuery } from '../../api/comments.ts';
import { cx } from '../../ui/cx.ts';
import { type CommentTopic, isAbout, useTopic } from './topic.ts';

/** Inside the workspace only. */
export function CommentButton({ topic }: { topic: CommentTopic }) {
  const { projectId } = useParams({ from: '/inside/projects/$projectId' });
  const { data } = useQuery(commentsQuery(projectId));
  const { setTopic } = useTopic();
  const open = (data ?? []).filter((thread) => thread.resolved_at === null && isAbout(thread, topic)).length;
  const says = open === 0 ? 'Comment' : `${open} open ${open === 1 ? 'comment' : 'comments'}`;
  return (
    <button
      type="button"
      aria-label={`${says} on ${topic.label}`}
      title={says}
      onClick={() => setTopic(topic)}
      className={cx(
        'inline-flex h-7 min-w-9 items-center justify-center gap-1 rounded-md px-1 text-xs hover:bg-hover hover:text-ink [&_svg]:size-3.5',
        open === 0 ? 'text-ink-3' : 'text-accent',
      )}
    >
      <MessageSquare aria-hidden="true" />
      {open === 0 ? null : <span className="tabular-nums">{open}</span>}
    </button>
  );
}
