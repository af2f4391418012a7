// The services of the catalogue together, as its routes are given them.
import type { CatalogImports } from './imports.ts';
import type { CatalogOptions } from './options.ts';
import type { CatalogPrices } from './prices.ts';
import type { Catalog } from './service.ts';

export interface CatalogServices {
  catalog: Catalog;
  catalogImports: CatalogImports;
  catalogPrices: CatalogPrices;
  catalogOptions: CatalogOptions;
}
