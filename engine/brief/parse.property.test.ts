import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Brief } from '../../contract/brief.ts';
import { parseBrief } from './parse.ts';
import { mend } from './spell.ts';

const reference_date = '2026-03-10';
const phrase = fc.constantFrom(
  'we need',
  'no',
  "don't want",
  '40 desks',
  '120 people',
  'a lounge',
  'lockers',
  'phone booths',
  '6 phone booths',
  'up to $500k',
  'between 300 and 400k',
  'before Labor Day',
  'by June 15',
  'in six weeks',
  'actually',
  'make that 140',
  'not 120, 140',
  'scratch that',
  '?',
  '.',
  ',',
  'and',
  'but',
  '\n',
  'if',
  'modern',
  'navy',
  'oak',
  'Steelcase',
  'two floors with',
  'each',
  'sq ft',
  '1,200',
  'm²',
  'half a million',
  '€',
  '> quoted',
  'Best regards,',
  '12th floor',
  'per',
  'give or take 10%',
);
const talk = fc
  .array(fc.oneof(phrase, phrase, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 25 })
  .map((parts) => parts.join(' '));
const turns = fc.array(talk, { maxLength: 4 });

describe('whatever is said', () => {
  test('nothing throws, the brief keeps its contract and every quote stands in its turn', () => {
    fc.assert(
      fc.property(turns, (said) => {
        const { brief, evidence } = parseBrief(said, { reference_date });
        Brief.strict().parse(brief);
        for (const entry of evidence) {
          expect(entry.quote.length).toBeGreaterThan(0);
          expect(said[entry.turn]).toContain(entry.quote);
        }
      }),
      { numRuns: 300 },
    );
  });
  test('every value has evidence', () => {
    fc.assert(
      fc.property(turns, (said) => {
        const { brief, evidence } = parseBrief(said, { reference_date });
        const walk = (value: unknown, path: string): void => {
          if (Array.isArray(value))
            for (const one of value)
              expect(evidence.some((entry) => entry.path === path && entry.value === one)).toBe(true);
          else if (typeof value === 'object' && value !== null)
            for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
          else expect(evidence.some((entry) => entry.path === path && entry.value === value)).toBe(true);
        };
        walk(brief, '');
      }),
      { numRuns: 200 },
    );
  });
  test('an empty follow-up changes nothing', () => {
    fc.assert(
      fc.property(turns, (said) => {
        const before = parseBrief(said, { reference_date });
        const after = parseBrief([...said, '', '   '], { reference_date });
        expect(after.brief).toEqual(before.brief);
        expect(after.changed).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
  test('turn by turn gives what reading all at once gives', () => {
    fc.assert(
      fc.property(turns, (said) => {
        fc.pre(!said.some((turn) => /scratch|undo/.test(turn)));
        let state = parseBrief([], { reference_date });
        said.forEach((turn, i) => {
          state = parseBrief([turn], {
            reference_date,
            previous: { brief: state.brief, evidence: state.evidence, turns: i },
          });
        });
        expect(state.brief).toEqual(parseBrief(said, { reference_date }).brief);
      }),
      { numRuns: 100 },
    );
  });
  test('a question leaves the brief alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom('desks', 'people', 'private offices', 'phone booths'),
        (n, noun) => {
          expect(parseBrief([`How much would ${n} ${noun} cost?`], { reference_date }).brief).toEqual({});
        },
      ),
    );
  });
  test('any count of desks is read back as digits or as one typo away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('workstations', 'workstatoins', 'worksations'),
        (n, noun) => {
          expect(parseBrief([`We need ${n} ${noun}.`], { reference_date }).brief.workstation_count).toBe(n);
        },
      ),
    );
  });
});

describe('hostile and odd text', () => {
  test.each([
    ['emoji', '🪑'.repeat(20_000)],
    ['right to left', 'نحتاج إلى مكاتب '.repeat(3000)],
    ['one long word', 'a'.repeat(100_000)],
    ['digits', '9'.repeat(100_000)],
    ['numbers', '12 '.repeat(33_000)],
    ['commas', ', '.repeat(50_000)],
    ['no', 'no '.repeat(33_000)],
    ['hyphens', 'a-'.repeat(50_000)],
    ['brackets', '<'.repeat(100_000)],
    ['not only', 'we do not want to '.repeat(5500)],
    ['prose', 'We need 40 desks and 3 meeting rooms, but no lounge. '.repeat(1900)],
    ['quotes', '> '.repeat(50_000)],
    ['number words', 'two hundred and '.repeat(6000)],
    ['money', '$5k to '.repeat(14_000)],
    ['line breaks', '\n'.repeat(100_000)],
  ])('100 kB of %s are read in a few seconds', (_name, text) => {
    // Processor time: a machine busy with other work does not make the reading slower.
    const start = process.cpuUsage();
    parseBrief([text], { reference_date });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
  test('any few words said over and over are read at once', () => {
    const words = [
      'no',
      'and',
      'actually',
      'sorry',
      'not',
      'ok',
      'then',
      'please',
      '40',
      'desks',
      'by',
      'june',
      'up to',
      '$5k',
      'or',
      ',',
      'it is',
      'wait',
      'we need',
      'swap',
      'to',
      'the date',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }), (said) => {
        const start = performance.now();
        parseBrief([`${said.join(' ')} `.repeat(60)], { reference_date });
        expect(performance.now() - start).toBeLessThan(3_000);
      }),
      { numRuns: 150 },
    );
  });
  test('statements of other languages are data', () => {
    const { brief } = parseBrief(
      ["'; DROP TABLE briefs; -- <script>alert('100 desks')</script> {{7*7}} __proto__ constructor toString"],
      { reference_date },
    );
    expect(brief).toEqual({});
  });
  test('a word of everyday English is never mended', () => {
    for (const word of [
      'story',
      'stories',
      'charcoal',
      'lunch',
      'latter',
      'meter',
      'board',
      'coach',
      'police',
      'desks',
      'browse',
      'dusk',
    ])
      expect(mend(word)).toBe(word);
  });
});
