// Brief: what was said beside what was understood, so that every field can be checked against its sentence.
import { useEffect, useMemo, useRef, useState } from 'react';
import { projectRoleMay } from '../../../../contract/permissions.ts';
import type { Project } from '../../../../contract/projects.ts';
import { cx } from '../../ui/cx.ts';
import { PanelHeader } from '../../ui/panel.tsx';
import { ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { formatCount } from '../../ui/units.ts';
import { Composer } from './composer.tsx';
import { BRIEF_FIELDS, statedValue } from './fields.ts';
import { MessageView, SendingView } from './messages.tsx';
import { BriefSheet } from './sheet.tsx';
import { type Chat, useChat } from './use-chat.ts';

export default function Panel({ project }: { project: Project }) {
  const chat = useChat(project.id);
  const [marked, setMarked] = useState<number | null>(null);
  const mayEdit = projectRoleMay(project.role, 'project:edit');
  const mayTalk = projectRoleMay(project.role, 'project:comment');
  const stated = BRIEF_FIELDS.filter((field) => statedValue(project, field.path) !== undefined).length;
  const questions = chat.conversation?.questions ?? [];
  return (
    <>
      <PanelHeader
        title="Brief"
        note={
          stated === 0
            ? 'Nothing stated yet'
            : `${formatCount(stated)} stated${questions.length > 0 ? `, ${formatCount(questions.length)} open ${questions.length === 1 ? 'question' : 'questions'}` : ''}`
        }
      />
      <div className="@container min-h-0 flex-1">
        <div className="flex h-full min-h-0 flex-col @3xl:flex-row-reverse">
          <section
            aria-label="What is understood"
            className={cx(
              'shrink-0 overflow-y-auto border-hairline px-5 py-2 @3xl:max-h-none @3xl:w-3/7 @3xl:border-l',
              'max-h-[46%] border-b @3xl:border-b-0',
            )}
          >
            <BriefSheet
              project={project}
              evidence={chat.conversation?.evidence ?? []}
              mayEdit={mayEdit}
              fresh={chat.changed}
              onTurn={setMarked}
            />
          </section>
          <section aria-label="Conversation" className="flex min-h-0 min-w-0 flex-1 flex-col">
            <Talk chat={chat} project={project} mayEdit={mayEdit} marked={marked} />
            {mayTalk ? <Composer chat={chat} questions={questions} /> : null}
          </section>
        </div>
      </div>
    </>
  );
}

function Talk(props: { chat: Chat; project: Project; mayEdit: boolean; marked: number | null }) {
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
    end.current?.scrollIntoView({ block: 'end' });
  }, [count, chat.sending]);
  useEffect(() => {
    if (marked !== null) document.getElementById(`turn-${marked}`)?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
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
          <p className="mt-2">Each field above keeps the sentence it was read from.</p>
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
              marked={turn !== null && turn === marked}
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
