// The conversation of a project: messages in, a brief with its evidence out.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type {
  Action,
  Conversation,
  ConversationMessage,
  PostMessageRequest,
  Understood,
} from '../../../contract/conversations.ts';
import { api, everyPage, type Page, postForEvents } from './client.ts';
import type { StreamEvent } from './event-reader.ts';
import { keys } from './keys.ts';
import { ApiProblem, type ProblemDocument } from './problem.ts';

/** Newest first; the first is the one to continue. */
export function conversationsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.conversations(projectId),
    queryFn: ({ signal }) => api.get<Page<Conversation>>(`/projects/${projectId}/conversations`, { signal }),
  });
}

export function messagesQuery(conversationId: string) {
  return queryOptions({
    queryKey: keys.messages(conversationId),
    queryFn: ({ signal }) =>
      everyPage<ConversationMessage>(`/conversations/${conversationId}/messages`, signal),
  });
}

export function useStartConversation(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<Conversation>(`/projects/${projectId}/conversations`, { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.conversations(projectId) }),
  });
}

/** What is told while an answer is made. */
export interface AnswerProgress {
  understood: (understood: Understood) => void;
  text: (delta: string) => void;
  signal: AbortSignal;
}

/** Sends a message and follows its answer; resolves once the answer is kept. */
export function usePostMessage(projectId: string) {
  const client = useQueryClient();
  return useCallback(
    async (conversationId: string, body: PostMessageRequest, progress: AnswerProgress): Promise<void> => {
      const show = (one: ConversationMessage) =>
        // The live stream may have brought it already.
        client.setQueryData<ConversationMessage[]>(keys.messages(conversationId), (messages = []) =>
          messages.some(({ id }) => id === one.id) ? messages : [...messages, one],
        );
      let problem: unknown;
      const onEvent = ({ type, data }: StreamEvent) => {
        if (type === 'understood') {
          const understood = data as Understood;
          show(understood.user_message);
          progress.understood(understood);
        } else if (type === 'delta') progress.text((data as { text: string }).text);
        else if (type === 'message') {
          const answer = data as ConversationMessage;
          show(answer);
          // "Undo that" changes the furniture by itself.
          if (answer.links.some(({ step }) => step === 'furniture')) {
            void client.invalidateQueries({ queryKey: keys.allRecommendations });
            void client.invalidateQueries({ queryKey: keys.scenarios(projectId) });
            void client.invalidateQueries({ queryKey: keys.sustainability(projectId) });
          }
        } else if (type === 'problem') problem = new ApiProblem(data as ProblemDocument);
      };
      try {
        const { signal } = progress;
        await postForEvents(`/conversations/${conversationId}/messages`, { body, signal }, onEvent);
      } finally {
        void client.invalidateQueries({ queryKey: keys.messages(conversationId) });
        void client.invalidateQueries({ queryKey: keys.conversations(projectId) });
        void client.invalidateQueries({ queryKey: keys.project(projectId) });
      }
      if (problem !== undefined) throw problem;
    },
    [client, projectId],
  );
}

/** Takes up what an answer offered, or takes it back; the bill follows. */
export function useOffer(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (at: {
      conversation_id: string;
      message_id: string;
      index: number;
      verb: 'apply' | 'undo';
    }) =>
      api.post<Action>(
        `/conversations/${at.conversation_id}/messages/${at.message_id}/actions/${at.index}/${at.verb}`,
      ),
    onSuccess: (action, { conversation_id, message_id, index }) => {
      client.setQueryData<ConversationMessage[]>(keys.messages(conversation_id), (messages) =>
        messages?.map((one) =>
          one.id === message_id ? { ...one, actions: one.actions.with(index, action) } : one,
        ),
      );
      return Promise.all([
        client.invalidateQueries({ queryKey: keys.allRecommendations }),
        client.invalidateQueries({ queryKey: keys.scenarios(projectId) }),
        client.invalidateQueries({ queryKey: keys.sustainability(projectId) }),
      ]);
    },
  });
}

export function useRenameConversation(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) =>
      api.patch<Conversation>(`/conversations/${id}`, { body: { title } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.conversations(projectId) }),
  });
}
