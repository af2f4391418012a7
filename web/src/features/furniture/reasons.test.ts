import { describe, expect, it } from 'vitest';
import { reasonOf, sharedSources } from './reasons.ts';

const need = (label: string, source: string) => ({
  key: label,
  label,
  source,
  kind: null,
  rule_id: null,
  role: label,
});

const QUOTE = '“We need 12 desks for the design team.”';

describe('the reason of an item', () => {
  it('says what the row does not: features, price among others, rank and what decided', () => {
    const item = {
      need: need('Sit-stand desks', QUOTE),
      reasoning:
        '5 × Harbour Desk, 72 × 30 in for Studio 113. The brief says “We need 12 desks for the design team”. ' +
        '72 × 30 × 46 in; cable management; $1,125 each, 32 % under the middle price; 10 days, in stock; FSC; ' +
        '158.2 kg CO2e (average of its kind). Rank 3 of 9 on merit, price aside, chosen over Quay Desk, the first: $900 less.',
    };
    expect(reasonOf(item)).toBe(
      'Cable management; $1,125 each, 32 % under the middle price; in stock; FSC. ' +
        'Rank 3 of 9 on merit, price aside, chosen over Quay Desk, the first: $900 less.',
    );
  });

  it('keeps what a person wrote, whatever it looks like', () => {
    const item = {
      need: need('Desks', ''),
      reasoning: 'Chosen by hand instead of Quay Desk: the client knows it.',
    };
    expect(reasonOf(item)).toBe(item.reasoning);
  });

  it('carries no mark of a source’s grade', () => {
    const item = {
      need: need('Planters', 'Planters: one for each room. (practice of dealers (secondary))'),
      reasoning:
        '1 × Fern for Hall. Planters: one for each room. (practice of dealers (secondary)) The only product.',
    };
    expect(reasonOf(item)).not.toContain('secondary');
  });
});

describe('what several lines of a room rest on', () => {
  it('is told once with its lines; what one line alone rests on stays with it', () => {
    const items = [
      { need: need('Desks', QUOTE) },
      { need: need('Task chairs', QUOTE) },
      { need: need('Whiteboard', 'Whiteboard: one for each room.') },
    ];
    expect(sharedSources(items)).toEqual([{ source: QUOTE, labels: ['Desks', 'Task chairs'] }]);
  });
});
