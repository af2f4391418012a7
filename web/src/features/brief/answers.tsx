// Under an answer: where it leads in the project, and what it offers (a swap, a product for a room), each applied and taken
// back with one press.
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Action, ConversationMessage } from '../../../../contract/conversations.ts';
import type { Project } from '../../../../contract/projects.ts';
import { useOffer } from '../../api/conversations.ts';
import { Button } from '../../ui/button.tsx';
import { Money } from '../../ui/figures.tsx';
import { TextLink } from '../../ui/link.tsx';
import { toastProblem } from '../../ui/toast.tsx';

export function AnswerLinks({ message, project }: { message: ConversationMessage; project: Project }) {
  if (message.links.length === 0) return null;
  return (
    <p className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-sm">
      {message.links.map((link) => (
        <TextLink
          key={`${link.step}/${link.space_id ?? ''}/${link.item_id ?? ''}`}
          to="/projects/$projectId/$step"
          params={{ projectId: project.id, step: link.step }}
          search={(before: Record<string, unknown>) =>
            link.space_id === undefined ? before : { ...before, space: link.space_id }
          }
        >
          {link.label}
        </TextLink>
      ))}
    </p>
  );
}

interface OfferProps {
  message: ConversationMessage;
  action: Action;
  index: number;
  project: Project;
  mayEdit: boolean;
}

const WORDS = {
  swap_item: {
    act: 'Swap',
    again: 'Swap again',
    done: 'Swapped',
    failed: 'The swap was not made',
    kept: 'The swap was not taken back',
  },
  add_item: {
    act: 'Add',
    again: 'Add again',
    done: 'Added',
    failed: 'The product was not added',
    kept: 'The product was not taken out',
  },
} as const;

/** Several offers of one answer, taken with one press, one after the other; the first that is refused stops it. */
export function TakeAll({ message, project }: { message: ConversationMessage; project: Project }) {
  const offer = useOffer(project.id);
  const [busy, setBusy] = useState(false);
  const open = message.actions.flatMap(({ type, state }, index) =>
    (type === 'swap_item' || type === 'add_item') && state === 'proposed' ? [index] : [],
  );
  if (open.length < 2) return null;
  const run = async () => {
    setBusy(true);
    try {
      for (const index of open)
        await offer.mutateAsync({
          conversation_id: message.conversation_id,
          message_id: message.id,
          index,
          verb: 'apply',
        });
    } catch (error) {
      toastProblem('Not all changes were made')(error);
    }
    setBusy(false);
  };
  return (
    <Button size="sm" className="mt-1.5" busy={busy} onClick={() => void run()}>
      Make all {open.length} changes
    </Button>
  );
}

export function Offer({ message, action, index, project, mayEdit }: OfferProps) {
  const offer = useOffer(project.id);
  const { swap, item, state, type } = action;
  const change = swap ?? item;
  if (change === undefined || (type !== 'swap_item' && type !== 'add_item')) return null;
  const words = WORDS[type];
  const amount = swap?.price_diff ?? item?.price ?? null;
  const currency = typeof project.budget['currency'] === 'string' ? project.budget['currency'] : 'USD';
  const run = (verb: 'apply' | 'undo') =>
    offer.mutate(
      { conversation_id: message.conversation_id, message_id: message.id, index, verb },
      { onError: toastProblem(verb === 'apply' ? words.failed : words.kept) },
    );
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-hairline px-3 py-1.5 text-sm">
      <span className="min-w-0 flex-1 break-words">{change.label}</span>
      {amount === null ? null : (
        <span className="text-ink-2">
          <Money amount={amount} currency={currency} signed />
        </span>
      )}
      {state === 'applied' ? (
        <>
          <span className="inline-flex items-center gap-1 text-good [&_svg]:size-3.5">
            <Check aria-hidden="true" />
            {words.done}
          </span>
          {mayEdit ? (
            <Button size="sm" variant="quiet" busy={offer.isPending} onClick={() => run('undo')}>
              <Undo2 />
              Undo
            </Button>
          ) : null}
        </>
      ) : mayEdit ? (
        <Button size="sm" busy={offer.isPending} onClick={() => run('apply')}>
          {state === 'undone' ? words.again : words.act}
        </Button>
      ) : null}
    </div>
  );
}
