import { describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import type { SustainabilityReport } from '../../../../contract/sustainability.ts';
import { EVIDENCE_HEADER, evidenceRows } from './evidence.ts';

const item = (sku: string, room: string | null, total_price: number, status = 'proposed') =>
  ({
    product: { sku, name: `Product ${sku}`, brand: null },
    need: { key: `${room}:desk` },
    space_name: room,
    quantity: 2,
    total_price,
    status,
  }) as unknown as RecommendationItem;

const report = {
  by_item: [
    { item_key: '101:desk/A', certifications: ['FSC', 'EPD'] },
    { item_key: '102:desk/A', certifications: ['FSC', 'EPD'] },
    { item_key: '102:desk/B/2', certifications: [] },
  ],
  credits: [
    {
      name: 'Furniture',
      rule_version: '4.1',
      passed: false,
      missing_certificates: [{ sku: 'B/2', name: 'Product B/2', needs: 'EPD' }],
    },
  ],
} as unknown as SustainabilityReport;

const cell = (row: (string | number)[] | undefined, name: (typeof EVIDENCE_HEADER)[number]) =>
  row?.[EVIDENCE_HEADER.indexOf(name)];

describe('the evidence pack', () => {
  const items = [
    item('A', '101', 100.1),
    item('A', '102', 100.2),
    item('B/2', '102', 50),
    item('C', '103', 9, 'rejected'),
  ];
  const rows = evidenceRows(report, items);

  it('holds every certificate of every product of the bill once, with its pieces, spend and rooms', () => {
    const held = rows.filter((row) => cell(row, 'state') === 'held');
    expect(held.map((row) => [cell(row, 'sku'), cell(row, 'certificate')])).toEqual([
      ['A', 'EPD'],
      ['A', 'FSC'],
    ]);
    expect(held[0]?.slice(3, 6)).toEqual([4, 200.3, '101; 102']);
  });

  it('says which certificate each credit still lacks', () => {
    const missing = rows.filter((row) => cell(row, 'state') === 'missing');
    expect(missing).toHaveLength(1);
    expect(cell(missing[0], 'sku')).toBe('B/2');
    expect(cell(missing[0], 'credit')).toBe('Furniture');
    expect(cell(missing[0], 'credit_reached')).toBe('no');
  });

  it('leaves out what was rejected, and has as many cells as its header', () => {
    expect(rows.some((row) => cell(row, 'sku') === 'C')).toBe(false);
    for (const row of rows) expect(row).toHaveLength(EVIDENCE_HEADER.length);
  });
});
