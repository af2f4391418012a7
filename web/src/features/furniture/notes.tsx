// What the recommendation says of itself: workstations against need, and what could not be met.
import { Info } from 'lucide-react';
import type { Project } from '../../../../contract/projects.ts';
import { cx } from '../../ui/cx.ts';
import { formatCount } from '../../ui/units.ts';

const figure = (value: unknown) => (typeof value === 'number' && value > 0 ? value : null);

/** Workstations in the rooms against those the brief asks for; nothing where either is not known. */
export function SeatLine({ summary, project }: { summary: Record<string, unknown>; project: Project }) {
  const seats = figure(summary['workstations']);
  const asked = figure(project.requirements['workstation_count']);
  const people = figure(project.requirements['employee_count']);
  const needed = asked ?? people;
  if (seats === null || needed === null) return null;
  const short = needed - seats;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-3 text-sm">
        <span>
          <span className="font-medium">{formatCount(seats)} workstations</span>{' '}
          <span className="text-ink-2">
            for {formatCount(needed)} {asked === null ? 'people' : 'asked for'}
          </span>
        </span>
        <span className={cx('text-xs', short > 0 ? 'text-warn' : 'text-good')}>
          {short > 0
            ? `${formatCount(short)} short`
            : short < 0
              ? `${formatCount(-short)} spare`
              : 'Exactly met'}
        </span>
      </div>
      <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-hairline">
        <div
          className={cx('h-full', short > 0 ? 'bg-warn' : 'bg-good')}
          style={{ width: `${Math.min(100, (seats / needed) * 100)}%` }}
        />
      </div>
    </div>
  );
}

const FEW = 3;

export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  const told = once(notes);
  const [shown, rest] = [told.slice(0, FEW), told.slice(FEW)];
  return (
    <div className="flex gap-2.5 rounded-md bg-warn-wash px-3 py-2.5 text-sm">
      <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">
        <NoteList notes={shown} />
        {rest.length > 0 ? (
          <details>
            <summary className="mt-1 text-ink-2">{formatCount(rest.length)} more</summary>
            <NoteList notes={rest} />
          </details>
        ) : null}
      </div>
    </div>
  );
}

/** What is said of several lines in the same words is said once, with how often. */
function once(notes: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const note of notes) times.set(note, (times.get(note) ?? 0) + 1);
  return [...times].map(([note, n]) => (n === 1 ? note : `${note} (${formatCount(n)} lines)`));
}

function NoteList({ notes }: { notes: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
