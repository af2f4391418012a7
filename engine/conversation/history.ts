// "Who changed the budget?", "what did I say the headcount was?", "what do you know so far?": the brief, and who said what
// of it when, from the changes that the project's conversations keep.
import { SPECIAL_REQUIREMENTS } from '../../contract/brief.ts';
import { valueAt } from '../brief/merge.ts';
import type { Answer, ChangeFacts, ProjectFacts } from './facts.ts';
import { currencyOf, FIELD_PATHS, fieldsNamed, inWords, labelOf, wishNamed } from './fields.ts';
import { listed, plural } from './words.ts';

const BRIEF_LINK = { label: 'Brief', step: 'brief' as const };
const answer = (topic: string, text: string): Answer => ({ topic, text, links: [BRIEF_LINK], proposals: [] });

const VERB =
  '(?:chang|touch|set|edit|updat|rais|lower|add|remov|request|decid|enter|increas|reduc|put|cut|ask|want|said|say|propos|mov|withdr|delet)\\w*';
const WHO = new RegExp(
  `\\b(?:has|have|did) (?:any(?:one|body)|some(?:one|body)|he|she|they) (?:ever |already |since )?${VERB}|\\bwho(?:'s| has| had| is| was)?\\b.{0,40}\\b${VERB}|\\bwhose idea\\b|\\b(?:by whom|who by)\\b`,
  'i',
);
const WHEN = new RegExp(
  `\\bsince when\\b|\\bwhen (?:was|were|did|has|have)\\b.{0,60}\\b${VERB}|\\blast (?:changed|edited|updated)\\b`,
  'i',
);
const WHAT =
  /\b(?:last|latest|recent|previous|newest) (?:changes?|edits?|updates?)\b|\bwhat(?:'s| has| have| was| were)? (?:\w+ )?(?:been )?chang\w+|\bwhat (?:has|have|did) .{0,40}\bchange\w*\b|\bchanges? (?:to|in|of) the (?:brief|project|budget)|\bhistory of\b|\bused? to be\b|\bpreviously\b|\boriginally\b|\bat first\b|\b(?:was|were) .{0,30}\bbefore\b/i;
const WHY_FIELD = /\b(?:why|how come|where does|where did)\b.{0,30}\b(?:is|are|was|were|the|come|so)\b/i;

const day = (at: string): string =>
  new Intl.DateTimeFormat('en-US', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(at));

/** "special requirements: took out lockers", where a list stood before. */
function memberChange(path: string, before: readonly unknown[], after: readonly unknown[]): string {
  const names = (list: readonly unknown[]) => list.map((one) => String(one).replaceAll('_', ' ')).join(', ');
  const added = after.filter((one) => !before.includes(one));
  const gone = before.filter((one) => !after.includes(one));
  const parts = [
    added.length > 0 ? `added ${names(added)}` : '',
    gone.length > 0 ? `took out ${names(gone)}` : '',
  ].filter(Boolean);
  return `${labelOf(path)}: ${parts.join(' and ')}`;
}

/** What one person said in one message. */
function together(changes: readonly ChangeFacts[]): ChangeFacts[][] {
  const groups = new Map<string, ChangeFacts[]>();
  for (const change of changes) {
    const key = `${change.at} ${change.said} ${change.by}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

/** "Ada set budget target $200,000 on May 3, 2026 (before: $150,000): “around 200k”". */
function told(changes: readonly ChangeFacts[], currency: string): string {
  const [first] = changes;
  if (first === undefined) return '';
  const now = changes.map(({ path, before, after }) => {
    if (Array.isArray(before)) return memberChange(path, before, Array.isArray(after) ? after : []);
    const said = inWords(path, after, currency);
    return before === undefined || before === null
      ? said
      : `${said} (before: ${inWords(path, before, currency)})`;
  });
  const quote = first.said === '' ? '' : `: “${first.said.replace(/[.;,]+$/, '')}”`;
  return `${first.by ?? 'Somebody whose account is gone'}, ${day(first.at)}: ${listed(now, 6)}${quote}.`;
}

/** Whether the value of today is the one that was said last. */
function byHand(paths: readonly string[], facts: ProjectFacts): string {
  const edited = paths.filter((path) => {
    const last = facts.changes.find((one) => one.path === path);
    const now = valueAt(facts.brief, path) ?? null;
    return last === undefined ? now !== null : JSON.stringify(last.after ?? null) !== JSON.stringify(now);
  });
  if (edited.length === 0) return '';
  const currency = currencyOf(facts.brief);
  return ` Set outside the conversations since, on the brief itself or by restoring a version: ${listed(
    edited.map((path) => inWords(path, valueAt(facts.brief, path), currency)),
  )}; History tells the versions.`;
}

export function answerHistory(text: string, facts: ProjectFacts): Answer | null {
  const wish = wishNamed(text, SPECIAL_REQUIREMENTS);
  const named = [...fieldsNamed(text), ...(wish === null ? [] : ['special_requirements', 'excluded'])];
  const asked = WHO.test(text) || WHEN.test(text) || WHAT.test(text);
  if (!asked && !(WHY_FIELD.test(text) && named.some((path) => /^(?:budget|timeline)/.test(path))))
    return null;
  if (named.length === 0 && !/\b(?:brief|project|requirements?|changed?|changes)\b/i.test(text)) return null;
  const paths = named.length === 0 ? FIELD_PATHS : named;
  const about = facts.changes.filter(
    (one) =>
      (one.path !== 'budget.currency' || /\bcurrency\b/i.test(text)) &&
      paths.includes(one.path) &&
      (wish === null || mentions(one, wish) || !isWish(one.path)),
  );
  const currency = currencyOf(facts.brief);
  const hand = byHand(
    paths.filter((path) => path !== 'budget.currency' && (wish === null || !isWish(path))),
    facts,
  );
  if (about.length === 0) {
    const what = named.length === 0 ? 'the brief' : labelOf(named[0] ?? '').replace(/ (?:target|by)$/, '');
    return answer('history', `No message of this project changed ${what}.${hand}`);
  }
  const messages = together(about);
  const shown = messages.slice(0, 4).map((one) => told(one, currency));
  const more =
    messages.length > 4
      ? ` ${plural(messages.length - 4, 'earlier message')} changed it too; they stand in the conversations.`
      : '';
  return answer('history', `${shown.join(' ')}${more}${hand}`);
}

const isWish = (path: string): boolean => path === 'special_requirements' || path === 'excluded';
const mentions = (change: ChangeFacts, wish: string): boolean =>
  [change.before, change.after].some((value) => Array.isArray(value) && value.includes(wish)) &&
  JSON.stringify(change.before ?? []).includes(wish) !== JSON.stringify(change.after ?? []).includes(wish);

const SAID =
  /\b(?:in|of|from) (?:the|our|my) brief\b|\bdid (?:i|we|you|he|she|they) (?:say|state|tell|give|note|ask|mention|write)\b|\bremind me\b|\bagain\b/i;
const VALUE =
  /\b(?:what(?:'s| is| was| are| were)?|tell me|when(?:'s| is)|which) (?:about )?(?:our|my|the|is|stated|your) (?:\w+ ){0,3}?(?:budgets?|head ?count(?! of)|team size|delivery date|deadline|due date|installation date|install date|move[ -]?in date|timeline|styles?|brands?|colou?rs?|materials?|space type|square footage)\b(?!.*\b(?:left|remain\w*|per|over|under|ahead|difference)\b)/i;
const ALL =
  /\bwhat (?:do|did|have) (?:you|we|i) (?:know|have|got|understand|understood|noted?|said|tell|told|say)\b.{0,20}(?:so far|already|until now|yet|about|down|you|\?|$)|\b(?:summari[sz]e|sum up|recap|summary)\b|\bwhat(?:'s| is| stands) in (?:the|our|my) brief\b|\b(?:show|read|list|repeat|tell) (?:me |us )?(?:back )?(?:the|our|my) (?:brief|requirements)\b/i;

/** What the brief says now, with who said it. */
export function answerBrief(text: string, facts: ProjectFacts): Answer | null {
  const currency = currencyOf(facts.brief);
  const wish = wishNamed(text, SPECIAL_REQUIREMENTS);
  const named = fieldsNamed(text);
  if (ALL.test(text) && wish === null && named.every(isWish)) {
    const all = FIELD_PATHS.filter((path) => path !== 'budget.currency').flatMap((path) => {
      const value = valueAt(facts.brief, path);
      return value === undefined ? [] : [inWords(path, value, currency)];
    });
    const open = facts.open_questions[0];
    return answer(
      'brief',
      all.length === 0
        ? 'The brief is empty so far; tell how many people it is for, what it may cost and by when.'
        : `The brief says: ${all.join('; ')}.${open === undefined ? '' : ` Still open: ${open}`}`,
    );
  }
  if (!(SAID.test(text) && (named.length > 0 || wish !== null)) && !VALUE.test(text)) return null;
  const stated = named
    .filter((path) => path !== 'budget.currency' && !isWish(path))
    .flatMap((path) => {
      const value = valueAt(facts.brief, path);
      if (value === undefined) return [];
      const last = facts.changes.find((one) => one.path === path);
      const source =
        last !== undefined && JSON.stringify(last.after) === JSON.stringify(value) && last.by !== null
          ? ` (${last.by}, ${day(last.at)})`
          : '';
      return [`${inWords(path, value, currency)}${source}`];
    });
  if (wish !== null) {
    if (facts.brief.special_requirements?.some((one) => one === wish))
      stated.push(`${wish.replaceAll('_', ' ')} are asked for`);
    if (facts.brief.excluded?.some((one) => one === wish))
      stated.push(`${wish.replaceAll('_', ' ')} are not wanted`);
  }
  const what = wish?.replaceAll('_', ' ') ?? labelOf(named[0] ?? '').replace(/ (?:target|by)$/, '');
  return answer(
    'brief',
    stated.length === 0
      ? `The brief says nothing of ${what} yet; tell me, and I note it.`
      : `The brief says: ${stated.join('; ')}.`,
  );
}
