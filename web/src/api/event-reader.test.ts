// Events come whole however the network cuts them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEventReader, type StreamEvent } from './event-reader.ts';

describe('a stream of events', () => {
  it('is read the same wherever it is cut, comments and retries passed by', () => {
    const text =
      'retry: 1000\n\nevent: delta\ndata: {"text":"Forty\\n\\ndesks"}\n\n: alive\n\nevent: bad\ndata: {\n\nevent: done\ndata: {}\n\n';
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), (cuts) => {
        const events: StreamEvent[] = [];
        const read = makeEventReader((event) => events.push(event));
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        for (let i = 0; i + 1 < at.length; i++) read(text.slice(at[i], at[i + 1]));
        expect(events).toEqual([
          { type: 'delta', data: { text: 'Forty\n\ndesks' } },
          { type: 'done', data: {} },
        ]);
      }),
    );
  });
});
