// The conversation of a project: messages in, a brief with its evidence out.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  Action,
  Conversation,
  ConversationMessage,
  PostMessageRequest,
  PostMessageResponse,
} from '../../../contract/conversations.ts';
import { api, everyPage, type Page } from './client.ts';
import { keys } from './keys.ts';

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

export function usePostMessage(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ conversation_id, ...body }: PostMessageRequest & { conversation_id: string }) =>
      api.post<PostMessageResponse>(`/conversations/${conversation_id}/messages`, { body }),
    onSuccess: (answer, { conversation_id }) => {
      client.setQueryData<ConversationMessage[]>(keys.messages(conversation_id), (messages = []) => [
        // The live stream may have brought them already.
        ...messages.filter(({ id }) => id !== answer.user_message.id && id !== answer.assistant_message.id),
        answer.user_message,
        answer.assistant_message,
      ]);
      return Promise.all([
        client.invalidateQueries({ queryKey: keys.conversations(projectId) }),
        client.invalidateQueries({ queryKey: keys.project(projectId) }),
      ]);
    },
  });
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
