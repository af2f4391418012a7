// What comments are looked at: all, or those on one room or line; kept in the address while the panel is open.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { CommentThread } from '../../../../contract/comments.ts';

export interface CommentTopic {
  type: 'space' | 'item';
  id: string;
  label: string;
  /** Of a line: where it stands and what it is, by which its comments outlive a new recommendation. */
  space_id?: string | null | undefined;
  sku?: string | undefined;
}

export function isAbout({ subject }: CommentThread, topic: CommentTopic): boolean {
  if (subject.type !== topic.type) return false;
  if (subject.id === topic.id) return true;
  return (
    topic.type === 'item' &&
    topic.sku !== undefined &&
    subject.sku === topic.sku &&
    subject.space_id === (topic.space_id ?? null)
  );
}

/** Inside /projects/$projectId only. */
export function useTopic() {
  const search = useSearch({ from: '/inside/projects/$projectId' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const text = (key: string) => (typeof search[key] === 'string' ? (search[key] as string) : undefined);
  const [type, id] = [text('topic'), text('topic_id')];
  const topic: CommentTopic | null =
    (type === 'space' || type === 'item') && id !== undefined
      ? {
          type,
          id,
          label: text('topic_label') ?? type,
          sku: text('topic_sku'),
          space_id: text('topic_space') ?? null,
        }
      : null;
  const setTopic = useCallback(
    (next: CommentTopic | null) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          side: 'comments',
          topic: next?.type,
          topic_id: next?.id,
          topic_label: next?.label,
          topic_sku: next?.sku,
          topic_space: next?.space_id ?? undefined,
        }),
        resetScroll: false,
      }),
    [navigate],
  );
  return { topic, setTopic };
}
