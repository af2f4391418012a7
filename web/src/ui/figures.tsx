// Figures as elements: they follow the units preference and never break across lines.
import { createContext, type ReactNode, useContext } from 'react';
import { cx } from './cx.ts';
import {
  formatArea,
  formatCarbon,
  formatDays,
  formatInches,
  formatLength,
  formatMoney,
  type MoneyOptions,
  type Units,
} from './units.ts';

const UnitsContext = createContext<Units>('imperial');
export const UnitsProvider = UnitsContext.Provider;
/** The signed-in person's units. */
export function useUnits(): Units {
  return useContext(UnitsContext);
}

type Maybe = number | null | undefined;

export function Figure({ children }: { children: ReactNode }) {
  return <span className="whitespace-nowrap tabular-nums">{children}</span>;
}
export function Area({ sqft }: { sqft: Maybe }) {
  return <Figure>{formatArea(sqft, useUnits())}</Figure>;
}
export function Length({ feet }: { feet: Maybe }) {
  return <Figure>{formatLength(feet, useUnits())}</Figure>;
}
export function Inches({ inches }: { inches: Maybe }) {
  return <Figure>{formatInches(inches, useUnits())}</Figure>;
}
export function Money({ amount, ...options }: { amount: Maybe } & MoneyOptions) {
  return <Figure>{formatMoney(amount, options)}</Figure>;
}
export function Days({ days }: { days: Maybe }) {
  return <Figure>{formatDays(days)}</Figure>;
}
export function Carbon({ kg }: { kg: Maybe }) {
  return <Figure>{formatCarbon(kg)}</Figure>;
}

export interface StatProps {
  label: ReactNode;
  value: ReactNode;
  /** A comparison or a source, one short line. */
  note?: ReactNode;
  size?: 'md' | 'lg' | undefined;
  className?: string | undefined;
}
/** One generous number with what it counts. Put several in a <StatRow>. */
export function Stat({ label, value, note, size = 'md', className }: StatProps) {
  return (
    <div className={cx('flex min-w-0 flex-col', className)}>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd
        className={cx(
          'font-medium tracking-[-0.015em] whitespace-nowrap tabular-nums',
          size === 'lg' ? 'text-2xl' : 'text-xl',
        )}
      >
        {value}
      </dd>
      {note ? <dd className="text-xs text-ink-2">{note}</dd> : null}
    </div>
  );
}
export function StatRow({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <dl className={cx('flex flex-wrap gap-x-8 gap-y-3', className)}>{children}</dl>;
}
