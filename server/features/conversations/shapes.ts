// What of a turn is shown with its messages: actions, entities, and rows as they cross HTTP. Pure.
import type { Brief, BriefParse } from '../../../contract/brief.ts';
import type { Action, ConversationMessage } from '../../../contract/conversations.ts';
import { valueAt } from '../../../engine/brief/merge.ts';
import { iso } from '../context.ts';
import type { MessageRow } from './sql.ts';

/** What a message did to the brief, what its intent leads to, and the next open question. */
export function actionsOf(
  heard: { parse: BriefParse; before: Brief; furnished?: boolean },
  changed: string[],
  brief: Brief,
  answered: boolean,
): Action[] {
  const { parse, before } = heard;
  const actions: Action[] = [];
  if (changed.length > 0) {
    actions.push({
      type: 'update_project',
      updates: changed.map((path) => ({ path, before: valueAt(before, path), after: valueAt(brief, path) })),
    });
  }
  if (parse.intent === 'request_recommendation' || (changed.length > 0 && heard.furnished === true))
    actions.push({ type: 'offer_recommendation' });
  if (parse.intent === 'compare_scenarios') actions.push({ type: 'offer_comparison' });
  if (parse.intent === 'approve') actions.push({ type: 'offer_approval' });
  const [question] = parse.questions;
  if (question !== undefined && !answered) actions.push({ type: 'ask_question', question });
  return actions;
}

function typeOfField(path: string, value: unknown): string {
  if (path.startsWith('budget.') && typeof value === 'number') return 'money';
  if (path.endsWith('_date')) return 'date';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'flag';
  return path.endsWith('preferred_brands') ? 'name' : 'choice';
}

/** The evidence that this turn gave, as the message's entities. */
export function entitiesOf(parse: BriefParse, turn: number) {
  return parse.evidence
    .filter((one) => one.turn === turn)
    .map((one) => ({
      type: typeOfField(one.path, one.value),
      field: one.path,
      value: one.value,
      quote: one.quote,
    }));
}

export function toMessage(row: MessageRow): ConversationMessage {
  return {
    ...row,
    role: row.role as ConversationMessage['role'],
    entities: (row.entities ?? []) as ConversationMessage['entities'],
    actions: (row.actions ?? []) as ConversationMessage['actions'],
    links: (row.links ?? []) as ConversationMessage['links'],
    created_at: iso(row.created_at as Date),
  };
}
