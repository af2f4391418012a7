// A part of a settings page: a heading, what it is about in a sentence, and its controls.
import type { ReactNode } from 'react';

export function Section({ title, text, children }: { title: string; text?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 border-t border-hairline pt-6 first-of-type:border-t-0 first-of-type:pt-0">
      <div>
        <h2 className="text-lg font-semibold">{title}</h2>
        {text ? <p className="mt-0.5 max-w-160 text-sm text-ink-2">{text}</p> : null}
      </div>
      {children}
    </section>
  );
}
