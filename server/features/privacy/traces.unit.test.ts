// A name and words are taken out of what was made of them, and nothing else is.
import { describe, expect, it } from 'vitest';
import { withoutTraces } from './traces.ts';

const clean = withoutTraces({
  name: 'Mark Deskley (Jr.)',
  said: ['We need 36 workstations\n by the window.', 'ok'],
});

describe('what is left of a person’s words', () => {
  it('is told without the quotation, however it is spaced and wherever it was cut', () => {
    expect(clean('Needed: “36  Workstations by the window…” for room 2')).toBe(
      'Needed: “(erased)” for room 2',
    );
    expect(clean({ quote: 'by the window', value: 36 })).toEqual({ quote: '(erased)', value: 36 });
    expect(clean({ user_feedback: 'we need 36 workstations by the window.' })).toEqual({
      user_feedback: '(erased)',
    });
    expect(clean([{ need: { said: 'We need 36 workstations' } }])).toEqual([{ need: { said: '(erased)' } }]);
  });

  it('is told without the name, as a whole only', () => {
    expect(clean('mark deskley  (Jr.), 3 May: more desks')).toBe(
      'mark deskley  (Jr.), 3 May: more desks'.replace(/^.*\)/, '(erased)'),
    );
    expect(clean('Mark the desk; Deskley chairs')).toBe('Mark the desk; Deskley chairs');
    expect(clean('XMark Deskley (Jr.)')).toBe('XMark Deskley (Jr.)');
  });

  it('leaves the words of others, what is too short to be anybody’s, and every other kind of value', () => {
    const kept = {
      text: '“40 lamps” and “ok”',
      quote: 'red',
      n: 1,
      none: null,
      list: [true, 'by the window'],
    };
    expect(clean(kept)).toEqual(kept);
  });
});
