// What was said, and under each answer what it changed in the project, before and after, with a way back.
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Action, ConversationMessage } from '../../../../contract/conversations.ts';
import type { Project } from '../../../../contract/projects.ts';
import { Button, Spinner } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { useUnits } from '../../ui/figures.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';
import { AnswerLinks, Offer, TakeAll } from './answers.tsx';
import { Confirmation } from './confirmation.tsx';
import { useEditBrief } from './edit.ts';
import { formatValue, labelOf, statedValue } from './fields.ts';
import type { Chat } from './use-chat.ts';

export function MessageView({
  message,
  project,
  turn,
  quote,
  mayEdit,
}: {
  message: ConversationMessage;
  project: Project;
  /** Which of the person's messages this is, from 0; null for answers. */
  turn: number | null;
  /** A sentence of it that a field came from, to be shown. */
  quote: string | null;
  mayEdit: boolean;
}) {
  const mine = message.role === 'user';
  return (
    <li id={turn === null ? undefined : `turn-${turn}`} className="scroll-m-4">
      <p className="mb-0.5 text-xs text-ink-3">
        {mine
          ? (message.author_name ?? `Message ${(turn ?? 0) + 1}`)
          : `Assistant (${readerOf(message.model_used)})`}
        , {formatAgo(message.created_at)}
      </p>
      <p
        className={cx(
          'text-base whitespace-pre-wrap break-words',
          mine ? 'border-l-2 pl-3' : 'text-ink-2',
          mine && (quote === null ? 'border-line' : 'border-accent'),
        )}
      >
        <Marked text={message.content} quote={quote} />
      </p>
      <AnswerLinks message={message} project={project} />
      {message.actions.map((action, index) =>
        action.type === 'swap_item' || action.type === 'add_item' ? (
          <Offer
            // biome-ignore lint/suspicious/noArrayIndexKey: a message's actions never change their order.
            key={index}
            message={message}
            action={action}
            index={index}
            project={project}
            mayEdit={mayEdit}
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message's actions never change their order.
          <ActionView key={index} action={action} project={project} mayEdit={mayEdit} />
        ),
      )}
      {mayEdit ? <TakeAll message={message} project={project} /> : null}
    </li>
  );
}

/** Who read and answered: the reader that comes with the platform, or a language model by its name. */
function readerOf(model: string | null): string {
  return model === null || model.startsWith('brief-parser') ? 'built-in reader' : model;
}

function Marked({ text, quote }: { text: string; quote: string | null }) {
  const at = quote === null ? -1 : text.indexOf(quote);
  if (quote === null || at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-accent-wash text-inherit">{quote}</mark>
      {text.slice(at + quote.length)}
    </>
  );
}

const OFFERS = {
  offer_recommendation: { step: 'furniture', label: 'Recommend furniture' },
  offer_comparison: { step: 'budget', label: 'Compare the scenarios' },
  offer_approval: { step: 'budget', label: 'Choose a scenario' },
} as const;

function ActionView({ action, project, mayEdit }: { action: Action; project: Project; mayEdit: boolean }) {
  if (action.type === 'update_project')
    return <Changes updates={action.updates ?? []} project={project} mayEdit={mayEdit} />;
  if (action.type === 'confirm_field')
    return <Confirmation reading={action.reading} project={project} mayEdit={mayEdit} />;
  if (action.type === 'ask_question' || action.type === 'swap_item' || action.type === 'add_item')
    return null;
  const offer = OFFERS[action.type];
  return (
    <ButtonLink
      to="/projects/$projectId/$step"
      params={{ projectId: project.id, step: offer.step }}
      search={(before: Record<string, unknown>) => before}
      size="sm"
      className="mt-2"
    >
      {offer.label}
    </ButtonLink>
  );
}

const alike = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function Changes({
  updates,
  project,
  mayEdit,
}: {
  updates: NonNullable<Action['updates']>;
  project: Project;
  mayEdit: boolean;
}) {
  const units = useUnits();
  const edit = useEditBrief(project);
  const [busy, setBusy] = useState(false);
  if (updates.length === 0) return null;
  const currency = typeof project.budget['currency'] === 'string' ? project.budget['currency'] : 'USD';
  // Only what nobody has changed since can be taken back.
  const standing = updates.filter((update) =>
    alike(statedValue(project, update.path), emptyAsNothing(update.after)),
  );
  const undo = async () => {
    setBusy(true);
    await edit(standing.map(({ path, before }) => ({ path, value: emptyAsNothing(before) }))).catch(
      toastProblem('The change was not taken back'),
    );
    setBusy(false);
  };
  return (
    <div className="mt-2 rounded-md border border-hairline px-3 py-1.5 text-sm">
      <ul>
        {updates.map((update) => (
          <li key={update.path} className="flex flex-wrap items-baseline gap-x-2 py-0.5">
            <span className="text-xs text-ink-3">{labelOf(update.path)}</span>
            {emptyAsNothing(update.before) === undefined ? null : (
              <>
                <del className="text-ink-3">{formatValue(update.path, update.before, units, currency)}</del>
                <span aria-hidden="true" className="text-ink-3">
                  →
                </span>
              </>
            )}
            <ins className="font-medium no-underline">
              {formatValue(update.path, update.after, units, currency)}
            </ins>
            {standing.includes(update) ? null : <span className="text-xs text-ink-3">changed since</span>}
          </li>
        ))}
      </ul>
      {mayEdit && standing.length > 0 ? (
        <Button size="sm" variant="quiet" busy={busy} className="-ml-2.5" onClick={() => void undo()}>
          <Undo2 />
          Undo {standing.length === 1 ? 'this' : `these ${standing.length}`}
        </Button>
      ) : null}
    </div>
  );
}

function emptyAsNothing(value: unknown): unknown {
  return value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** The message on its way, its answer as it comes, or why it did not arrive, with its text kept. */
export function SendingView({ chat }: { chat: Chat }) {
  const { sending } = chat;
  if (!sending) return null;
  if (sending.kept) return <Answering answer={sending.answer} />;
  return (
    <li>
      <p className="mb-0.5 flex items-center gap-1.5 text-xs text-ink-3 [&_svg]:size-3">
        {sending.error ? (
          'Not sent'
        ) : (
          <>
            <Spinner /> Reading
          </>
        )}
      </p>
      <p className="border-l-2 border-line pl-3 text-base whitespace-pre-wrap break-words text-ink-2">
        {sending.content}
      </p>
      {sending.error ? (
        <div className="mt-2 flex flex-col items-start gap-2">
          <ErrorState title="The message did not arrive" error={sending.error} className="self-stretch" />
          <div className="flex gap-1.5">
            <Button size="sm" variant="primary" onClick={() => chat.send(sending.content)}>
              Send again
            </Button>
            <Button size="sm" onClick={chat.takeBack}>
              Edit
            </Button>
          </div>
        </div>
      ) : null}
    </li>
  );
}

/** Read out when it is whole, not word by word. */
function Answering({ answer }: { answer: string }) {
  return (
    <li aria-live="off" aria-busy="true">
      <p className="mb-0.5 flex items-center gap-1.5 text-xs text-ink-3 [&_svg]:size-3">
        <Spinner /> Assistant, answering
      </p>
      {answer === '' ? null : (
        <p className="text-base whitespace-pre-wrap break-words text-ink-2">{answer}</p>
      )}
    </li>
  );
}
