// Lengths as they are written on drawings.
import { describe, expect, test } from 'vitest';
import { nudgeStep, parseLength } from './lengths.ts';

describe('a written length', () => {
  test.each([
    ["12'", 12],
    ['12\'-6"', 12.5],
    ["12' 6", 12.5],
    ['12\' 6 1/2"', 12 + 6.5 / 12],
    ['12′ 6″', 12.5],
    ['12’-6”', 12.5],
    ["12'6''", 12.5],
    ['6"', 0.5],
    ['3/4"', 0.0625],
    ['12 ft 6 in', 12.5],
    ['12 feet 6 inches', 12.5],
    ['36 in', 3],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['3.7 m', 3.7 / 0.3048],
    ['3,7m', 3.7 / 0.3048],
    ['3700 mm', 3.7 / 0.3048],
    ['3,700 mm', 3.7 / 0.3048],
    ['370cm', 3.7 / 0.3048],
    ['4 metres', 4 / 0.3048],
  ])('%s', (text, feet) => {
    expect(parseLength(text, 'imperial')).toBeCloseTo(feet, 9);
  });
  test('without a unit follows the preference', () => {
    expect(parseLength('3.048', 'metric')).toBeCloseTo(10, 9);
    expect(parseLength('10', 'imperial')).toBe(10);
  });
  test.each(['', 'twelve', '0', '-3', '12 6', '3 m 20 cm', '1/0', '12 furlongs'])('%s is none', (text) => {
    expect(parseLength(text, 'imperial')).toBeNull();
  });
  test('an arrow key moves by an inch or ten millimetres, with Shift by a foot or a hundred', () => {
    expect(nudgeStep('imperial', false) * 12).toBeCloseTo(1);
    expect(nudgeStep('imperial', true)).toBe(1);
    expect(nudgeStep('metric', false) * 304.8).toBeCloseTo(10);
    expect(nudgeStep('metric', true) * 304.8).toBeCloseTo(100);
  });
});
