/**
 * Fictional products and needs for tests and benchmarks: deterministic from a seed, no two alike, with the gaps real
 * catalogues have (unknown carbon, no certificates, minimum orders).
 */
import { PRODUCT_SUBCATEGORIES } from '../../contract/catalog.ts';
import type { CandidateProduct } from '../../contract/choice.ts';
import type { Need } from '../../contract/needs.ts';
import { seeded } from '../random.ts';

const BRANDS = ['Northmark', 'Alder & Pine', 'Fieldwork', 'Lumen', 'Corvid'];
const COLLECTIONS = ['Arc', 'Bridge', 'Cove', 'Drift', 'Ember', 'Fjord', 'Grove', 'Harbor'];
const CERTIFICATES = ['BIFMA LEVEL 1', 'BIFMA LEVEL 2', 'BIFMA LEVEL 3', 'GREENGUARD Gold', 'EPD', 'FSC'];
const BASE_PRICE: Record<string, number> = {
  seating: 380,
  desks: 900,
  tables: 1100,
  storage: 420,
  accessories: 120,
  lounge: 1300,
  acoustic: 480,
  conference: 1500,
  outdoor: 600,
};

/** `perSubcategory` products of every subcategory of the catalogue. */
export function sampleProducts(seed: number, perSubcategory: number): CandidateProduct[] {
  const random = seeded(seed);
  return Object.entries(PRODUCT_SUBCATEGORIES).flatMap(([category, subcategories]) =>
    subcategories.flatMap((subcategory) =>
      Array.from({ length: perSubcategory }, (_, index) =>
        sampleProduct(random, category, subcategory, index),
      ),
    ),
  );
}

function sampleProduct(
  random: () => number,
  category: string,
  subcategory: string,
  index: number,
): CandidateProduct {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const grade = random();
  const list = Math.round((BASE_PRICE[category] ?? 500) * (0.5 + 1.6 * grade + 0.3 * random()) * 100);
  const brand = pick(BRANDS);
  const seats = seatsFor(subcategory, random);
  return {
    id: `${subcategory}-${index}`,
    sku: `${subcategory.toUpperCase()}-${String(index).padStart(4, '0')}`,
    name: `${pick(COLLECTIONS)} ${subcategory.replaceAll('_', ' ')} ${index}`,
    category,
    subcategory,
    brand,
    manufacturer: brand,
    collection: random() < 0.85 ? pick(COLLECTIONS) : null,
    tags: random() < 0.5 ? ['modern'] : ['traditional'],
    specifications: {
      dimensions: sizeFor(category, seats, random),
      weight_lbs: Math.round(20 + 100 * random()),
      materials: [pick(['steel', 'oak', 'recycled plastic', 'wool', 'aluminum'])],
      colors_available: [pick(['black', 'white', 'gray', 'blue', 'green'])],
      features: ['lumbar_support', 'armrests', 'castors', 'cable_management', 'lockable'].filter(
        () => random() < 0.3 + 0.5 * grade,
      ),
      ...(random() < 0.6 ? { warranty_years: 2 + Math.round(10 * grade) } : {}),
      ...(seats ? { seats } : {}),
    },
    sustainability: {
      score: Math.round(40 + 55 * random()),
      certifications: CERTIFICATES.filter(() => random() < 0.25),
      recycled_content_pct: Math.round(70 * random()),
      recyclable_pct: Math.round(40 + 60 * random()),
      ...(random() < 0.8 ? { carbon_footprint_kg: Math.round(10 * (15 + 130 * random())) / 10 } : {}),
    },
    list_price_cents: list,
    unit_price_cents: Math.round(list * 0.45),
    in_stock: random() < 0.6,
    lead_time_days: 7 + Math.floor(50 * random()),
    moq: random() < 0.1 ? 2 + Math.floor(6 * random()) : 1,
  };
}

function seatsFor(subcategory: string, random: () => number): number | null {
  if (/table$/.test(subcategory) && !/side|coffee/.test(subcategory)) return 2 + 2 * Math.floor(5 * random());
  if (subcategory === 'bench_desk') return 1 + Math.floor(6 * random());
  if (subcategory === 'sofa') return 2 + Math.floor(2 * random());
  return null;
}

function sizeFor(category: string, seats: number | null, random: () => number) {
  const around = (low: number, high: number) => Math.round(low + (high - low) * random());
  if (category === 'seating')
    return { width_in: around(20, 28), depth_in: around(20, 28), height_in: around(30, 46) };
  if (category === 'accessories')
    return { width_in: around(6, 20), depth_in: around(4, 16), height_in: around(4, 40) };
  if (category === 'storage')
    return { width_in: around(16, 36), depth_in: around(15, 22), height_in: around(24, 72) };
  if (category === 'desks')
    return { width_in: around(48, 66) * Math.max(1, seats ?? 1), depth_in: around(24, 34), height_in: 29 };
  return { width_in: Math.max(24, (seats ?? 2) * 15), depth_in: around(28, 48), height_in: around(18, 40) };
}

/** Needs of many rooms, each of one subcategory chosen by the seed, with quantities of 1 to 24. */
export function sampleNeeds(seed: number, count: number, needsPerRoom = 6): Need[] {
  const random = seeded(seed);
  const kinds = Object.entries(PRODUCT_SUBCATEGORIES).flatMap(([category, list]) =>
    list.map((subcategory) => ({ category, subcategory })),
  );
  return Array.from({ length: count }, (_, index): Need => {
    const kind = kinds[Math.floor(random() * kinds.length)]!;
    const room = `room-${Math.floor(index / needsPerRoom)}`;
    return {
      key: `${room}:${index}`,
      space_id: room,
      space_name: room,
      space_type: 'open_office',
      role: kind.subcategory,
      label: kind.subcategory.replaceAll('_', ' '),
      quantity: 1 + Math.floor(24 * random()),
      measure: 'each',
      groups: 1,
      select: {
        subcategories: [kind.subcategory],
        categories: [kind.category],
        keywords: [kind.subcategory],
      },
      sizing: { min_width_in: null, max_width_in: null, max_depth_in: null },
      requires: [],
      prefers: [],
      priority: random() < 0.2 ? 'optional' : 'standard',
      mount: 'floor',
      topics: [],
      evidence: [
        {
          kind: 'rule',
          path: null,
          turn: null,
          quote: null,
          rule_id: 'sample',
          source: 'sample',
          detail: 'Sample.',
        },
      ],
    };
  });
}
