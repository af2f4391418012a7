// Figures as people read them, and tables as spreadsheets take them.
import { describe, expect, test } from 'vitest';
import { readAmount } from '../features/projects/read-amount.ts';
import { signInSearch } from '../routes/search.ts';
import { toCsv } from './csv.ts';
import {
  formatAgo,
  formatArea,
  formatCarbon,
  formatDate,
  formatDays,
  formatInches,
  formatLength,
  formatMoney,
  formatPercent,
} from './units.ts';

describe('figures', () => {
  test('areas, lengths and sizes follow the units', () => {
    expect(formatArea(12_480.4, 'imperial')).toBe('12,480 sq ft');
    expect(formatArea(12_480, 'metric')).toBe('1,159 m²');
    expect(formatArea(120, 'metric')).toBe('11.1 m²');
    expect(formatLength(12.5, 'imperial')).toBe('12′ 6″');
    expect(formatLength(11.99, 'imperial')).toBe('12′');
    expect(formatLength(12.5, 'metric')).toBe('3.81 m');
    expect(formatInches(29.5, 'imperial')).toBe('29.5″');
    expect(formatInches(29.5, 'metric')).toBe('75 cm');
  });

  test('money, days, carbon and shares are never bare floats', () => {
    expect(formatMoney(587_500)).toBe('$587,500');
    expect(formatMoney(1249.5, { cents: true })).toBe('$1,249.50');
    expect(formatMoney(-1200, { signed: true })).toBe('−$1,200');
    expect(formatMoney(1200, { signed: true, currency: 'EUR' })).toBe('+€1,200');
    expect(formatDays(21)).toBe('21 days');
    expect(formatDays(1)).toBe('1 day');
    expect(formatCarbon(34_180)).toBe('34.2 t CO2e');
    expect(formatCarbon(640.4)).toBe('640 kg CO2e');
    expect(formatPercent(12.4)).toBe('12 %');
  });

  test('what is not known is a dash, not a zero', () => {
    expect([
      formatArea(null, 'metric'),
      formatMoney(undefined),
      formatDays(null),
      formatCarbon(null),
    ]).toEqual(['–', '–', '–', '–']);
  });

  test('times are told from now, days stay the day they are', () => {
    const now = Date.parse('2026-03-10T12:00:00Z');
    expect(formatAgo('2026-03-10T11:59:40Z', now)).toBe('just now');
    expect(formatAgo('2026-03-10T09:00:00Z', now)).toBe('3 h ago');
    expect(formatAgo('2026-03-09T09:00:00Z', now)).toBe('yesterday');
    expect(formatDate('2026-04-30')).toBe('Apr 30, 2026');
  });
});

describe('what is typed or pasted', () => {
  test('amounts are read with commas, signs and k or m', () => {
    expect(readAmount('$250,000')).toBe(250_000);
    expect(readAmount(' 250k ')).toBe(250_000);
    expect(readAmount('1.2m')).toBe(1_200_000);
    expect(readAmount('')).toBeUndefined();
    expect(readAmount('a lot')).toBeNull();
  });

  test('after signing in only addresses of this site are followed', () => {
    expect(signInSearch({ redirect: '/projects?q=a' })).toEqual({ redirect: '/projects?q=a' });
    for (const trap of [
      'https://elsewhere.example',
      '//elsewhere.example',
      '/\\elsewhere.example',
      'javascript:alert(1)',
      7,
    ]) {
      expect(signInSearch({ redirect: trap })).toEqual({});
    }
  });
});

test('CSV quotes what needs it and runs no formula', () => {
  expect(
    toCsv(
      ['name', 'total'],
      [
        ['Desk, "oak"', 12.5],
        ['=SUM(A1)', null],
      ],
    ),
  ).toBe('name,total\r\n"Desk, ""oak""",12.5\r\n\'=SUM(A1),\r\n');
});
