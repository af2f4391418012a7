// Small marks of state: a word with a colour, and dots whose shape alone tells the state.
import type { ReactNode } from 'react';
import type { SpaceType } from '../../../contract/plan.ts';
import { cx } from './cx.ts';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-2 border-hairline',
  accent: 'bg-accent-wash text-accent border-transparent',
  good: 'bg-good-wash text-good border-transparent',
  warn: 'bg-warn-wash text-warn border-transparent',
  bad: 'bg-bad-wash text-bad border-transparent',
};
const TEXT: Record<Tone, string> = {
  neutral: 'text-ink-3',
  accent: 'text-accent',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
};

export function Badge({ tone = 'neutral', children }: { tone?: Tone | undefined; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-xs whitespace-nowrap [&_svg]:size-3',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

/** Shapes: empty ring, half, full, check, cross, dash. */
export type DotShape = 'empty' | 'half' | 'full' | 'check' | 'cross' | 'dash';

export function Dot({ shape, tone = 'neutral' }: { shape: DotShape; tone?: Tone | undefined }) {
  return (
    <svg viewBox="0 0 12 12" className={cx('size-3 shrink-0', TEXT[tone])} aria-hidden="true">
      {shape === 'full' || shape === 'check' || shape === 'cross' ? (
        <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      ) : (
        <circle
          cx="6"
          cy="6"
          r="4.75"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray={shape === 'dash' ? '2 2' : undefined}
        />
      )}
      {shape === 'half' ? <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" /> : null}
      {shape === 'check' ? (
        <path d="M3.4 6.2 5.2 8l3.4-3.8" fill="none" stroke="var(--surface)" strokeWidth="1.4" />
      ) : null}
      {shape === 'cross' ? (
        <path d="m4 4 4 4m0-4-4 4" fill="none" stroke="var(--surface)" strokeWidth="1.4" />
      ) : null}
    </svg>
  );
}

interface StatusLook {
  label: string;
  shape: DotShape;
  tone: Tone;
}
const STATUSES: Record<string, StatusLook> = {
  draft: { label: 'Draft', shape: 'empty', tone: 'neutral' },
  in_progress: { label: 'In progress', shape: 'half', tone: 'accent' },
  approved: { label: 'Approved', shape: 'check', tone: 'good' },
  completed: { label: 'Completed', shape: 'full', tone: 'good' },
  archived: { label: 'Archived', shape: 'dash', tone: 'neutral' },
  presented: { label: 'Presented', shape: 'half', tone: 'accent' },
  rejected: { label: 'Rejected', shape: 'cross', tone: 'bad' },
  proposed: { label: 'Proposed', shape: 'empty', tone: 'neutral' },
  accepted: { label: 'Accepted', shape: 'check', tone: 'good' },
  substituted: { label: 'Swapped', shape: 'half', tone: 'accent' },
  uploaded: { label: 'Waiting', shape: 'empty', tone: 'neutral' },
  processing: { label: 'Reading', shape: 'half', tone: 'accent' },
  analyzed: { label: 'Read', shape: 'full', tone: 'good' },
  failed: { label: 'Failed', shape: 'cross', tone: 'bad' },
  done: { label: 'Done', shape: 'check', tone: 'good' },
  started: { label: 'Started', shape: 'half', tone: 'accent' },
  missing: { label: 'Missing', shape: 'empty', tone: 'neutral' },
  pass: { label: 'Pass', shape: 'check', tone: 'good' },
  fail: { label: 'Fail', shape: 'cross', tone: 'bad' },
  needs_input: { label: 'Needs input', shape: 'dash', tone: 'warn' },
};

export function statusLook(status: string): StatusLook {
  return STATUSES[status] ?? { label: status.replaceAll('_', ' '), shape: 'empty', tone: 'neutral' };
}

/** A status of a project, plan, recommendation, item, step or check, as dot and word. */
export function StatusDot({ status, hideLabel }: { status: string; hideLabel?: boolean | undefined }) {
  const look = statusLook(status);
  return (
    <span className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-ink-2">
      <Dot shape={look.shape} tone={look.tone} />
      <span className={hideLabel ? 'sr-only' : undefined}>{look.label}</span>
    </span>
  );
}

export const SPACE_TYPE_LABELS: Record<SpaceType, string> = {
  open_office: 'Open office',
  private_office: 'Private office',
  meeting_room: 'Meeting room',
  collaboration: 'Collaboration',
  phone_booth: 'Phone booth',
  breakroom: 'Break room',
  reception: 'Reception',
  lobby: 'Lobby',
  corridor: 'Corridor',
  restroom: 'Restroom',
  storage: 'Storage',
  stair: 'Stair',
  elevator: 'Elevator',
  mechanical: 'Mechanical',
  other: 'Other',
};

/** The CSS colour of a room type. */
export function roomColor(type: string): string {
  return type in SPACE_TYPE_LABELS ? `var(--room-${type})` : 'var(--room-other)';
}

export function RoomSwatch({ type }: { type: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-block size-2.5 shrink-0 rounded-xs"
      style={{ background: roomColor(type) }}
    />
  );
}
