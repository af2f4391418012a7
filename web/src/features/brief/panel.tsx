// Brief: what was said beside what was understood, so that every field can be checked against its sentence.
import { MessagesSquare, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Evidence } from '../../../../contract/brief.ts';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Segmented } from '../../ui/field.tsx';
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { PanelHeader } from '../../ui/panel.tsx';
import { showEnd, showInBox } from '../../ui/scroll.ts';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatAgo, formatCount } from '../../ui/units.ts';
import { Composer } from './composer.tsx';
import { BRIEF_FIELDS, statedValue, stillOpen } from './fields.ts';
import { MessageView, SendingView } from './messages.tsx';
import { BriefSheet } from './sheet.tsx';
import { type Chat, useChat } from './use-chat.ts';

export default function Panel({ project }: { project: Project }) {
  const chat = useChat(project.id);
  const [marked, setMarked] = useState<Evidence | null>(null);
  /** On narrow screens one of the two is shown. */
  const [part, setPart] = useState<'chat' | 'fields'>('chat');
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const mayTalk = projectRoleMay(project.role, 'project:comment');
  const stated = BRIEF_FIELDS.filter((field) => statedValue(project, field.path) !== undefined).length;
  const questions = stillOpen(chat.conversation?.questions ?? [], project);
  return (
    <>
      <PanelHeader
        title="Brief"
        note={
          stated === 0
            ? 'Nothing stated yet'
            : `${formatCount(stated)} stated${questions.length > 0 ? `, ${formatCount(questions.length)} open ${questions.length === 1 ? 'question' : 'questions'}` : ''}`
        }
        actions={
          <>
            {mayTalk ? <Conversations chat={chat} /> : null}
            <Segmented
              label="Show"
              className="md:hidden"
              value={part}
              options={[
                { value: 'chat', label: 'Chat' },
                { value: 'fields', label: `Fields ${stated}` },
              ]}
              onChange={setPart}
            />
          </>
        }
      />
      <div className="@container min-h-0 flex-1">
        <div className="flex h-full min-h-0 flex-col @3xl:flex-row-reverse">
          <section
            aria-label="What is understood"
            className={cx(
              'relative shrink-0 overflow-y-auto border-hairline px-5 py-2 @3xl:max-h-none @3xl:w-3/7 @3xl:border-l',
              'md:max-h-[46%] md:border-b @3xl:border-b-0',
              part === 'chat' ? 'max-md:hidden' : 'max-md:flex-1',
            )}
          >
            <BriefSheet
              project={project}
              evidence={chat.conversation?.evidence ?? []}
              elsewhere={chat.conversations
                .filter(({ id }) => id !== chat.conversation?.id)
                .flatMap((one) => one.evidence)}
              mayEdit={mayEdit}
              fresh={chat.changed}
              onSource={(source) => {
                setMarked({ ...source });
                setPart('chat');
              }}
            />
          </section>
          <section
            aria-label="Conversation"
            className={cx('flex min-h-0 min-w-0 flex-1 flex-col', part === 'fields' && 'max-md:hidden')}
          >
            <Talk chat={chat} project={project} mayEdit={mayEdit} marked={marked} />
            {mayTalk ? <Composer chat={chat} questions={questions} /> : null}
          </section>
        </div>
      </div>
    </>
  );
}

/** The other conversations of the project, and a new one. */
function Conversations({ chat }: { chat: Chat }) {
  if (chat.conversation === null) return null;
  return (
    <Menu
      trigger={
        <Button size="sm" variant="quiet" aria-label="Conversations">
          <MessagesSquare />
          {chat.conversations.length > 1 ? formatCount(chat.conversations.length) : null}
        </Button>
      }
    >
      <MenuChoices
        label="Conversations"
        value={chat.conversation.id}
        onChange={chat.open}
        options={chat.conversations.slice(0, 12).map(({ id, title, updated_at }) => ({
          value: id,
          label: title ?? `New, ${formatAgo(updated_at)}`,
        }))}
      />
      <MenuSeparator />
      <MenuItem icon={<Plus />} onSelect={chat.begin}>
        New conversation
      </MenuItem>
    </Menu>
  );
}

function Talk(props: { chat: Chat; project: Project; mayEdit: boolean; marked: Evidence | null }) {
  const { chat, project, mayEdit, marked } = props;
  const end = useRef<HTMLLIElement>(null);
  const count = chat.messages.length;
  // Which of the person's messages each is.
  const turns = useMemo(() => {
    let turn = 0;
    return new Map(chat.messages.filter(({ role }) => role === 'user').map(({ id }) => [id, turn++]));
  }, [chat.messages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is newest comes into sight as it arrives.
  useEffect(() => {
    showEnd(end.current);
  }, [count, chat.sending]);
  useEffect(() => {
    if (marked !== null) showInBox(document.getElementById(`turn-${marked.turn}`));
  }, [marked]);
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto px-5 py-4">
      {chat.error ? (
        <ErrorState title="The conversation could not be loaded" error={chat.error} onRetry={chat.retry} />
      ) : chat.isPending ? (
        <SkeletonLines lines={5} />
      ) : count === 0 && !chat.sending ? (
        <div className="max-w-110 text-base text-ink-2">
          <p>
            Say what the space is for, how many people it seats, what it may cost and when it has to stand.
            Meeting notes and e-mails can be pasted as they are.
          </p>
          <p className="mt-2">Each field keeps the sentence it was read from.</p>
        </div>
      ) : null}
      <ol aria-live="polite" className="flex flex-col gap-5">
        {chat.messages.map((message) => {
          const turn = turns.get(message.id) ?? null;
          return (
            <MessageView
              key={message.id}
              message={message}
              project={project}
              turn={turn}
              quote={marked !== null && turn === marked.turn ? marked.quote : null}
              mayEdit={mayEdit}
            />
          );
        })}
        <SendingView chat={chat} />
        <li ref={end} aria-hidden="true" className="-mt-5" />
      </ol>
    </div>
  );
}
