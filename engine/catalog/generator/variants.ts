// Variants of a generated product: colours and finishes, fabric grades, with or without arms, with price adjustments.
import type { ProductVariantInput } from '../../../contract/catalog.ts';
import { chance, colorsOf, type GeneratedProduct, type Slot } from './slots.ts';

/** Upcharge of a fabric grade against grade 1, as a share of list. */
const GRADE_UPCHARGE: Readonly<Record<string, number>> = { '1': 0, '3': 0.07, '5': 0.16 };
const GRADES = ['1', '3', '5'] as const;
/** Credit for leaving the armrests out, as a share of list. */
const WITHOUT_ARMS = -0.09;
/** Real wood instead of laminate, as a share of list. */
const VENEER = 0.18;

interface Option {
  readonly label: string;
  readonly attributes: Record<string, string>;
  readonly share: number;
}

function optionsOf(slot: Slot, colors: readonly string[]): Option[] {
  const { palette, features } = slot.kind;
  const options: Option[] = colors.map((color, i) => {
    if (palette === 'fabric') {
      const grade = GRADES[i % GRADES.length]!;
      const attributes = { color, fabric_grade: grade };
      return { label: `${color}, fabric grade ${grade}`, attributes, share: GRADE_UPCHARGE[grade] ?? 0 };
    }
    if (palette === 'wood') {
      const veneer = i > 0 && /oak|walnut|maple|ash|cherry|elm/.test(color);
      const surface = veneer ? 'veneer' : 'laminate';
      return {
        label: `${color} ${surface}`,
        attributes: { color, finish: surface },
        share: veneer ? VENEER : 0,
      };
    }
    return { label: color, attributes: { color }, share: 0 };
  });
  const arms = features.some((feature) => /armrests/.test(feature));
  if (arms && palette === 'fabric' && slot.kind.category !== 'lounge') {
    const color = colors[0] ?? 'black';
    const attributes = { color, fabric_grade: '1', configuration: 'without_arms' };
    options.push({ label: `${color}, without arms`, attributes, share: WITHOUT_ARMS });
  }
  return options;
}

export function variantsOf(seed: number, slot: Slot, product: GeneratedProduct): ProductVariantInput[] {
  return optionsOf(slot, colorsOf(seed, slot)).map((option, i) => ({
    sku: `${product.sku}-${String.fromCharCode(65 + i)}`,
    name: `${product.name}, ${option.label}`.slice(0, 255),
    attributes: option.attributes,
    price_adjustment: Math.round(product.list_price * option.share),
    in_stock: product.in_stock && (i === 0 || chance(seed, slot.index, `variant ${i}`) < 0.6),
    lead_time_days: option.share > 0.1 ? product.lead_time_days + 7 : null,
    images: [],
  }));
}
