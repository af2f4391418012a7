// "Undo that" as a message: the last thing done in the conversation is taken back, with the rights of the one who says so.
// A change of the brief becomes this message's own change; applied offers are undone as by their button.
import type { Action } from '../../../contract/conversations.ts';
import { openQuestions } from '../../../engine/brief/questions.ts';
import { asksUndo, stepsBack, takenBack } from '../../../engine/conversation/undo.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Postgres } from '../../platform/postgres.ts';
import { evidenceFor } from './brief.ts';
import type { Context, Reading } from './reading.ts';
import * as db from './sql.ts';
import type { Said } from './turn.ts';

const LOOKED_THROUGH = 30;
const NOTHING: Said = {
  text: 'There is nothing in this conversation to take back; History brings earlier versions of the project back.',
  links: [{ label: 'Brief', step: 'brief' }],
  actions: [],
};

interface Undone {
  reading: Reading;
  /** Null where the change of the brief speaks for itself. */
  said: Said | null;
}

/** Null where the message is no such order, or where the parser may read it as one of its own. */
export async function undoBySaying(
  {
    postgres,
    undo,
  }: {
    postgres: Postgres;
    undo: (actor: Actor, id: string, message: string, index: number) => Promise<Action>;
  },
  actor: Actor,
  id: string,
  content: string,
  reading: Reading,
  context: Context,
): Promise<Undone | null> {
  const asked = asksUndo(content);
  if (asked === null) return null;
  const answers = await postgres.withContext(actor, (tx) => db.lastAnswers(tx, id, LOOKED_THROUGH));
  const done = answers.map(({ id: answer, actions, said }) => ({
    answer,
    said: said ?? '',
    actions: actions as Action[],
    changes: (actions as Action[]).flatMap((action) => action.updates ?? []),
  }));
  const steps = asked === 'weak' ? [0] : stepsBack(done);
  for (const message of steps.flatMap((index) => done[index] ?? [])) {
    const { actions } = message;
    const applied = actions.flatMap((action, index) => (action.state === 'applied' ? [index] : []));
    if (applied.length > 0)
      return {
        reading: unchanged(reading),
        said: await undoOffers(applied, actions, (index) => undo(actor, id, message.answer, index)),
      };
    const { brief, changed } = takenBack(reading.before, message.changes);
    if (changed.length > 0)
      return {
        reading: {
          ...reading,
          parse: {
            brief,
            changed,
            intent: 'correct_requirement',
            evidence: evidenceFor(brief, context.evidence ?? []),
            questions: openQuestions(brief),
          },
        },
        said: null,
      };
  }
  return asked === 'strong' ? { reading: unchanged(reading), said: NOTHING } : null;
}

/** The order itself says nothing of the brief. */
function unchanged(reading: Reading): Reading {
  const { parse, before } = reading;
  return { ...reading, parse: { ...parse, brief: before, changed: [] } };
}

async function undoOffers(
  applied: readonly number[],
  actions: readonly Action[],
  undo: (index: number) => Promise<unknown>,
): Promise<Said> {
  const links: Said['links'] = [{ label: 'Furniture', step: 'furniture' }];
  const done: string[] = [];
  try {
    for (const index of [...applied].reverse()) {
      await undo(index);
      done.push(actions[index]?.swap?.label ?? actions[index]?.item?.label ?? 'an offer');
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const begun = done.length > 0 ? `Taken back: ${done.join('; ')}. ` : '';
    return { text: `${begun}The rest was not taken back: ${error.message}`, links, actions: [] };
  }
  return { text: `Taken back: ${done.join('; ')}.`, links, actions: [] };
}
