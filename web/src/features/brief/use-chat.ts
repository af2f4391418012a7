// The conversation of a project as the chat shows it: what was said, what is being sent, what failed; and the draft,
// which a reload does not lose.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation, ConversationMessage } from '../../../../contract/conversations.ts';
import {
  conversationsQuery,
  messagesQuery,
  usePostMessage,
  useStartConversation,
} from '../../api/conversations.ts';

/** A message on its way, or one that did not arrive. */
export interface Sending {
  content: string;
  error: unknown;
  /** The server has kept it: it stands among the messages now. */
  kept: boolean;
  /** The answer as far as it has come. */
  answer: string;
}

export interface Chat {
  conversation: Conversation | null;
  /** Newest first. */
  conversations: readonly Conversation[];
  open: (id: string) => void;
  begin: () => void;
  messages: readonly ConversationMessage[];
  isPending: boolean;
  error: unknown;
  retry: () => void;
  sending: Sending | null;
  /** Brief fields that the last answer changed. */
  changed: readonly string[];
  draft: string;
  setDraft: (draft: string) => void;
  send: (content: string) => void;
  /** Does not wait for the answer any longer. */
  stop: () => void;
  /** Takes a failed message back into the draft. */
  takeBack: () => void;
}

function useDraft(projectId: string) {
  const key = `ofs.draft.${projectId}`;
  const [draft, setDraft] = useState(() => sessionStorage.getItem(key) ?? '');
  useEffect(() => {
    if (draft) sessionStorage.setItem(key, draft);
    else sessionStorage.removeItem(key);
  }, [key, draft]);
  return [draft, setDraft] as const;
}

export function useChat(projectId: string): Chat {
  const conversations = useQuery(conversationsQuery(projectId));
  const [chosen, setChosen] = useState<string | null>(null);
  const all = conversations.data?.items ?? [];
  const conversation = all.find(({ id }) => id === chosen) ?? all[0] ?? null;
  const messages = useQuery({ ...messagesQuery(conversation?.id ?? ''), enabled: conversation !== null });
  const start = useStartConversation(projectId);
  const post = usePostMessage(projectId);
  const waiting = useRef<AbortController | null>(null);
  const [draft, setDraft] = useDraft(projectId);
  const [sending, setSending] = useState<Sending | null>(null);
  const [changed, setChanged] = useState<readonly string[]>([]);
  const startOne = start.mutateAsync;
  const conversation_id = conversation?.id;

  const send = useCallback(
    async (content: string) => {
      if (content.trim() === '') return;
      let now: Sending = { content, error: null, kept: false, answer: '' };
      const show = (change: Partial<Sending>) => {
        now = { ...now, ...change };
        setSending(now);
      };
      const controller = new AbortController();
      waiting.current = controller;
      show({});
      setDraft('');
      try {
        const id = conversation_id ?? (await startOne()).id;
        await post(
          id,
          { content },
          {
            understood: ({ changed: paths }) => {
              setChanged(paths);
              show({ kept: true });
            },
            text: (delta) => show({ answer: now.answer + delta }),
            signal: controller.signal,
          },
        );
        setSending(null);
      } catch (error) {
        // What the server has kept is not sent again; how its answer ended stands among the messages.
        if (now.kept || controller.signal.aborted) setSending(null);
        else show({ error });
      }
      waiting.current = null;
    },
    [conversation_id, startOne, post, setDraft],
  );

  return {
    conversation,
    conversations: all,
    open: setChosen,
    begin: () => start.mutate(undefined, { onSuccess: ({ id }) => setChosen(id) }),
    messages: messages.data ?? [],
    isPending: conversations.isPending || (conversation !== null && messages.isPending),
    error: conversations.error ?? messages.error,
    retry: () => {
      void conversations.refetch();
      if (conversation) void messages.refetch();
    },
    sending,
    changed,
    draft,
    setDraft,
    send: (content) => void send(content),
    stop: () => waiting.current?.abort(),
    takeBack: () => {
      setDraft(sending ? [sending.content, draft].filter(Boolean).join('\n') : draft);
      setSending(null);
    },
  };
}
