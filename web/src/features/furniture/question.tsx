// What the room or a limit says against a change, and the two ways on.
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { ItemActions, OpenQuestion } from './item-actions.ts';

export function QuestionDialog({
  question,
  onClose,
  actions,
}: {
  question: OpenQuestion | null;
  onClose: () => void;
  actions: ItemActions;
}) {
  const confirm = useRef<HTMLButtonElement>(null);
  const asked = question !== null;
  // Enter goes on with what was asked for, Escape leaves it; both can be taken back.
  useEffect(() => {
    if (asked) confirm.current?.focus();
  }, [asked]);
  return (
    <Dialog
      open={question !== null}
      onClose={onClose}
      size="sm"
      title={question?.also.override_limits ? 'A limit would be broken' : 'Not all of it fits'}
      footer={
        <>
          <Button onClick={onClose}>Leave as it is</Button>
          <Button ref={confirm} variant="primary" onClick={() => question && actions.confirm(question)}>
            {question?.confirm}
          </Button>
        </>
      }
    >
      <p className="text-sm">{question?.text}</p>
    </Dialog>
  );
}
