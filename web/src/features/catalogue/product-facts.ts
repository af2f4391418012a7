// What the catalogue's screens say of a product besides its own fields: how it is drawn, where a figure comes from.
import type { Product } from '../../../../contract/catalog.ts';
import type { DrawnProduct } from '../../ui/product/drawing.tsx';
import { formatMoney } from '../../ui/units.ts';

type Drawable = Pick<Product, 'name' | 'category' | 'subcategory' | 'specifications'>;

export function drawn(product: Drawable): DrawnProduct {
  const { dimensions, seats, compartments } = product.specifications;
  return {
    name: product.name,
    category: product.category,
    subcategory: product.subcategory,
    width_in: dimensions?.width_in,
    depth_in: dimensions?.depth_in,
    height_in: dimensions?.height_in,
    seats,
    compartments,
  };
}

export const DATA_QUALITY_LABELS: Record<string, string> = {
  measured_epd: 'Measured, from a declaration (EPD)',
  declared: 'Stated by the maker',
  category_average: 'Average of this kind of product',
  missing: 'No figure',
};

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Where a product was found, for the count of its views. */
    viewed_from?: 'search' | 'recommendation' | 'related_products' | 'direct';
  }
}

/** What a choice adds to the price, with cents only where it has some: "+$45", "−$12.50", "no extra cost". */
export function extraCost(amount: number, currency?: string | undefined): string {
  if (Math.abs(amount) < 0.005) return 'no extra cost';
  const cents = Math.round(amount * 100) % 100 !== 0;
  return formatMoney(amount, { signed: true, cents, ...(currency === undefined ? {} : { currency }) });
}
