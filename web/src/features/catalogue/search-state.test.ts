import { describe, expect, it } from 'vitest';
import { ProductSearchQuery } from '../../../../contract/catalog.ts';
import { catalogueSearch, filterCount, filterOf } from './search-state.ts';

describe("the catalogue's address", () => {
  it('drops what it does not know', () => {
    expect(
      catalogueSearch({ q: ' ', min_price: 'many', sort: 'sideways', view: 'map', other: 1, in_stock: 'no' }),
    ).toEqual({});
  });

  it('reads numbers whether the router or a person wrote them', () => {
    expect(catalogueSearch({ q: 4412, min_price: '100', max_price: 900, in_stock: true })).toEqual({
      q: '4412',
      min_price: 100,
      max_price: 900,
      in_stock: true,
    });
  });

  it('becomes a request the server understands', () => {
    const search = catalogueSearch({
      q: 'oak table',
      ignore: 'max_price,width',
      view: 'table',
      max_lead_time_days: 21,
    });
    const filter = filterOf(search);
    expect(filter).toEqual({ q: 'oak table', ignore: ['max_price', 'width'], max_lead_time_days: 21 });
    expect(ProductSearchQuery.parse(filter)).toMatchObject({
      q: 'oak table',
      ignore: ['max_price', 'width'],
    });
  });

  it('counts filters, not words, order or view', () => {
    expect(filterCount(catalogueSearch({ q: 'chair', sort: 'name', view: 'table' }))).toBe(0);
    expect(filterCount(catalogueSearch({ brand: 'Fennick', min_price: 0, in_stock: 'true' }))).toBe(3);
  });
});
