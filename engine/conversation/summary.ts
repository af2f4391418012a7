// What a long conversation has come to, in a few lines: kept with it, so that whoever (or whatever) goes on from there
// need not read it all.
import type { Brief } from '../../contract/brief.ts';

export interface SpokenTurn {
  role: 'user' | 'assistant' | 'system';
  intent: string | null;
  content: string;
}

const MOST = 1200;

/** At most 1,200 characters: what is stated, what was corrected, what is open. Pure. */
export function summaryOf(brief: Brief, turns: readonly SpokenTurn[], open: readonly string[]): string {
  const said = turns.filter((turn) => turn.role === 'user');
  const corrections = said
    .filter((turn) => turn.intent === 'correct_requirement')
    .map((turn) => shortened(turn.content));
  const questions = said
    .filter((turn) => turn.intent === 'ask_question')
    .map((turn) => shortened(turn.content));
  const stated = Object.entries(brief).map(
    ([key, value]) => `${key.replaceAll('_', ' ')}: ${inWords(value)}`,
  );
  return [
    stated.length > 0 ? `Stated: ${stated.join('; ')}.` : 'Nothing is stated yet.',
    corrections.length > 0 ? `Corrected: ${corrections.slice(-4).join(' / ')}` : '',
    questions.length > 0 ? `Asked: ${questions.slice(-4).join(' / ')}` : '',
    open.length > 0 ? `Open: ${open.slice(0, 3).join(' ')}` : '',
  ]
    .filter(Boolean)
    .join('\n')
    .slice(0, MOST);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => String(one).replaceAll('_', ' ')).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => `${key.replaceAll('_', ' ')} ${inWords(inner)}`)
      .join(', ');
  return String(value).replaceAll('_', ' ');
}

/** A name for a conversation: its first words. */
export function titleOf(content: string): string {
  const line = content.replace(/\s+/g, ' ').trim();
  if (line.length <= 60) return line;
  const cut = line.slice(0, 60);
  return `${cut.slice(0, Math.max(20, cut.lastIndexOf(' ')))}…`;
}
