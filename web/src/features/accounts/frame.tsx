// The frame of the signed-out pages: the form on paper, and beside it what the product does, in its own order.
import type { ReactNode } from 'react';
import { Mark } from '../../app/shell-mark.tsx';
import { useTitle } from '../../ui/page.tsx';

const STEPS = [
  {
    title: 'Plan',
    text: 'A floor plan goes in as it is: the rooms, doors and areas are read from it, with a confidence each.',
  },
  {
    title: 'Brief',
    text: 'Say what is needed in your own words. Every field shows the sentence it came from.',
  },
  {
    title: 'Furniture',
    text: 'Each room is furnished under budget, lead time and carbon limits, each item with its reason.',
  },
  {
    title: 'Budget',
    text: 'Three scenarios side by side: what they cost, what changes between them, and why.',
  },
];

export function AccountFrame({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,1fr)_minmax(0,1fr)]">
      <main className="flex flex-col px-6 py-6 sm:px-12">
        <p className="flex items-center gap-2.5 text-sm font-medium">
          <Mark /> OFS
        </p>
        <div className="m-auto w-full max-w-88 py-10">
          <h1 className="mb-5 text-2xl font-semibold">{title}</h1>
          {children}
        </div>
      </main>
      <aside
        aria-label="What this is"
        className="flex flex-col justify-center border-l border-hairline bg-sunken px-16 max-lg:hidden"
      >
        <p className="max-w-104 text-xl font-medium tracking-[-0.015em] text-balance">
          From a floor plan and a conversation to a furnished, priced, explained proposal.
        </p>
        <ol className="mt-8 max-w-104">
          {STEPS.map((step) => (
            <li
              key={step.title}
              className="grid grid-cols-[5.5rem_1fr] border-t border-line py-3 text-sm last:border-b"
            >
              <span className="font-medium">{step.title}</span>
              <span className="text-ink-2">{step.text}</span>
            </li>
          ))}
        </ol>
      </aside>
    </div>
  );
}
