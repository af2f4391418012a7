// Where one writes: Enter sends, Shift and Enter make a new line, long notes may be pasted, open questions start an answer.
import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/units.ts';
import { stemFor } from './fields.ts';
import type { Chat } from './use-chat.ts';

const MAX = 20_000;
/** Open questions shown at first. */
const FEW = 2;

export function Composer({ chat, questions }: { chat: Chat; questions: readonly string[] }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [all, setAll] = useState(false);
  const busy = chat.sending !== null && !chat.sending.error;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight + 2, 260)}px`;
  }, [chat.draft]);
  const send = () => {
    if (!busy && chat.draft.trim() !== '' && chat.draft.length <= MAX) chat.send(chat.draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const answer = (question: string) => {
    const { text, caret } = stemFor(question);
    const before = chat.draft.trim() ? `${chat.draft.trimEnd()} ` : '';
    chat.setDraft(before + text);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(before.length + caret, before.length + caret);
    });
  };
  const over = chat.draft.length - MAX;
  const shown = all ? questions : questions.slice(0, FEW);
  return (
    <div className="shrink-0 border-t border-hairline px-5 pt-2.5 pb-3">
      {questions.length > 0 ? (
        <ul
          aria-label="Open questions"
          className="mb-2 flex flex-wrap gap-1.5 [&>li]:max-w-full [&>li]:min-w-0"
        >
          {shown.map((question) => (
            <li key={question}>
              <button
                type="button"
                onClick={() => answer(question)}
                title={question}
                className="h-7 max-w-full truncate rounded-md border border-line px-2.5 text-left text-xs text-ink-2 hover:border-control hover:text-ink"
              >
                {question}
              </button>
            </li>
          ))}
          {questions.length > FEW ? (
            <li>
              <button
                type="button"
                aria-expanded={all}
                onClick={() => setAll(!all)}
                className="h-7 rounded-md px-1.5 text-xs text-ink-3 hover:text-ink"
              >
                {all ? 'Fewer' : `${questions.length - FEW} more`}
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        className="relative"
      >
        <textarea
          ref={area}
          rows={2}
          aria-label="Message"
          aria-describedby="composer-hint"
          value={chat.draft}
          onChange={(event) => chat.setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={
            chat.messages.length === 0
              ? '48 people, mostly at desks, six meeting rooms, up to $400k by the end of March. Or paste your notes.'
              : 'Add, correct, ask, or paste notes'
          }
          className="block max-h-65 w-full resize-none rounded-md border border-control bg-surface py-2 pr-11 pl-3 text-base text-ink hover:border-ink-3 focus-visible:border-accent focus-visible:outline-offset-0"
        />
        {busy ? (
          <IconButton
            type="button"
            label="Stop"
            side="top"
            size="sm"
            onClick={chat.stop}
            className="absolute right-1.5 bottom-1.5 border border-control bg-surface"
          >
            <Square className="fill-current" />
          </IconButton>
        ) : (
          <IconButton
            type="submit"
            label="Send"
            shortcut="Enter"
            side="top"
            size="sm"
            disabled={chat.draft.trim() === '' || over > 0}
            className="absolute right-1.5 bottom-1.5 bg-accent text-accent-on! hover:bg-accent-strong disabled:bg-sunken disabled:text-ink-3!"
          >
            <ArrowUp />
          </IconButton>
        )}
      </form>
      <p id="composer-hint" className={over > 0 ? 'mt-1 text-xs text-bad' : 'sr-only'}>
        {over > 0
          ? `${formatCount(over)} characters too long. Send it in parts.`
          : 'Enter sends, Shift and Enter make a new line.'}
      </p>
    </div>
  );
}
