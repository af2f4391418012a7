// What goes with what: rules in the words of the trade, and as properties of any set of rules.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OptionGroup, OptionRule } from '../../../contract/catalog-options.ts';
import { type Configurable, configure } from './configure.ts';
import { optionFault, storedOptions } from './stored.ts';

const group = (code: string, choices: Record<string, number>, more: object = {}) =>
  OptionGroup.parse({
    code,
    name: `The ${code.toLowerCase()}`,
    choices: Object.entries(choices).map(([one, price_adjustment]) => ({
      code: one,
      name: one.toLowerCase(),
      price_adjustment,
    })),
    ...more,
  });
const rule = (kind: string, when: string, then: string) => {
  const [from, choice] = when.split(':');
  const [to, ...choices] = then.split(':');
  return OptionRule.parse({ kind, when: { group: from, choice }, group: to, choices });
};

function product(more: Partial<Configurable> = {}): Configurable {
  return {
    sku: 'D-1',
    list_price: 1000,
    lead_time_days: 14,
    in_stock: true,
    option_groups: [
      group('TOP', { OAK: 120.1, WHITE: 0 }),
      group('FRAME', { FIXED: 0, LIFT: 400.2 }),
      group('TRAY', { STEEL: 30 }, { required: false }),
    ],
    option_rules: [],
    variants: [],
    ...more,
  };
}

describe('a configuration', () => {
  test('is complete when every required group has a choice, and adds up in cents', () => {
    const open = configure(product(), { TOP: 'OAK' });
    expect(open).toMatchObject({
      valid: true,
      complete: false,
      open: ['FRAME'],
      reason: 'Still to be chosen: The frame.',
      part_number: null,
    });
    const whole = configure(product(), { TOP: 'OAK', FRAME: 'LIFT' });
    expect(whole).toMatchObject({
      complete: true,
      list_price: 1520.3,
      part_number: 'D-1 TOP:OAK FRAME:LIFT',
    });
  });

  test('knows what is required, what excludes each other and what comes only with something', () => {
    const rules = [rule('requires', 'FRAME:LIFT', 'TRAY:STEEL'), rule('excludes', 'TOP:OAK', 'FRAME:FIXED')];
    const desk = product({ option_rules: rules });
    expect(configure(desk, { TOP: 'WHITE', FRAME: 'LIFT' })).toMatchObject({
      valid: true,
      complete: false,
      open: ['TRAY'],
    });
    expect(configure(desk, { TOP: 'WHITE', FRAME: 'LIFT', TRAY: 'STEEL' }).complete).toBe(true);
    const clash = configure(desk, { TOP: 'OAK', FRAME: 'FIXED' });
    expect(clash.reason).toBe('oak does not go with fixed.');
    const offered = configure(desk, { TOP: 'OAK' }).groups.find(({ code }) => code === 'FRAME');
    expect(offered?.choices.map(({ code, available }) => [code, available])).toEqual([
      ['FIXED', false],
      ['LIFT', true],
    ]);
    const tray = product({ option_rules: [rule('only_with', 'TRAY:STEEL', 'FRAME:LIFT')] });
    expect(configure(tray, { TRAY: 'STEEL' }).reason).toBe('steel comes only with lift.');
    expect(configure(tray, { TRAY: 'STEEL', FRAME: 'LIFT', TOP: 'OAK' }).complete).toBe(true);
  });

  test('offers the attributes of variants as groups and finds the one that is made', () => {
    const variant = (sku: string, attributes: Record<string, string>, price_adjustment = 0) => ({
      id: sku,
      sku,
      attributes,
      price_adjustment,
      in_stock: true,
      lead_time_days: null,
    });
    const chair = product({
      option_groups: [],
      variants: [
        variant('V-1', { color: 'black', finish: 'matt' }),
        variant('V-2', { color: 'blue', finish: 'matt' }, 25),
        variant('V-3', { color: 'blue', finish: 'gloss' }, 40),
      ],
    });
    expect(configure(chair, { color: 'black' }).groups[1]?.choices.map(({ available }) => available)).toEqual(
      [true, false],
    );
    expect(configure(chair, { color: 'blue', finish: 'gloss' })).toMatchObject({
      complete: true,
      part_number: 'V-3',
      list_price: 1040,
    });
    expect(configure(chair, { color: 'black', finish: 'gloss' })).toMatchObject({
      valid: false,
      part_number: null,
    });
  });

  test('a choice that is offered never breaks a rule when it is taken, and a complete one keeps them all', () => {
    const code = fc.constantFrom('A', 'B', 'C');
    const choice = fc.constantFrom('X', 'Y', 'Z');
    const rules = fc.array(
      fc
        .record({
          kind: fc.constantFrom('requires', 'excludes', 'only_with'),
          from: code,
          to: code,
          x: choice,
          y: choice,
        })
        .filter(({ from, to }) => from !== to),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(rules, fc.dictionary(code, choice), (made, chosen) => {
        const option_rules = made.map(({ kind, from, to, x, y }) => rule(kind, `${from}:${x}`, `${to}:${y}`));
        const option_groups = ['A', 'B', 'C'].map((one) =>
          group(one, { X: 1, Y: 2, Z: 3 }, { required: false }),
        );
        const any = product({ option_groups, option_rules });
        const now = configure(any, chosen);
        if (now.complete)
          for (const { kind, when, group: other, choices } of option_rules) {
            if (chosen[when.group] !== when.choice) continue;
            const listed = choices.includes(chosen[other] ?? '');
            expect(listed).toBe(kind !== 'excludes');
          }
        if (!now.valid) return;
        for (const offered of now.groups)
          for (const one of offered.choices)
            if (one.available) {
              const next = configure(any, { ...chosen, [offered.code]: one.code });
              expect(next.problems.filter(({ group: at }) => at === offered.code)).toEqual([]);
            }
      }),
    );
  });
});

test('options are checked before they are stored, and read leniently', () => {
  const groups = [group('TOP', { OAK: 1 })];
  expect(optionFault({ option_groups: groups })).toBeUndefined();
  expect(optionFault({})).toBeUndefined();
  expect(optionFault({ option_groups: [...groups, ...groups] })).toContain('twice');
  expect(optionFault({ option_groups: [group('TOP', { OAK: 1 }, { default: 'ASH' })] })).toContain('"ASH"');
  expect(
    optionFault({ option_groups: groups, option_rules: [rule('requires', 'TOP:OAK', 'LEG:A')] }),
  ).toContain('"LEG"');
  expect(optionFault({ option_groups: [{ code: 'has space', name: 'x', choices: [] }] })).toContain(
    'option_groups',
  );
  expect(storedOptions({ option_groups: [{ nonsense: true }, ...groups], option_rules: 'no' })).toMatchObject(
    { groups: [{ code: 'TOP' }], rules: [] },
  );
});
