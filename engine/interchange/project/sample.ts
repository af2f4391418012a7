/**
 * A fictional project document of any size, the same for the same seed: for tests and benchmarks of writers. Its money
 * comes from the budget engine, its products from the generated catalogue, its rooms are rectangles along a corridor.
 */

import type { PlanDocument } from '../../../contract/plan.ts';
import type {
  Audience,
  DocumentFloor,
  DocumentItem,
  DocumentProduct,
  DocumentScenario,
  DocumentSpace,
  ProjectDocument,
} from '../../../contract/project-document.ts';
import type { BudgetScenario } from '../../../contract/recommendations.ts';
import { generateCatalog } from '../../catalog/generator/generate.ts';
import { extend, fromNumber, marginPct, toNumber } from '../../money.ts';
import { moneyFor } from '../../proposal/scenario_money.ts';
import { seeded } from '../../random.ts';
import { forAudience } from './audience.ts';

export interface SampleOptions {
  seed: number;
  rooms?: number;
  floors?: number;
  lines_per_room?: number;
  audience?: Audience;
}

const ROOM_FT = 15;
const ROOM_TYPES = ['open_office', 'private_office', 'meeting_room', 'breakroom', 'storage'] as const;

export function sampleDocument(options: SampleOptions): ProjectDocument {
  const { seed, rooms = 12, floors = 1, lines_per_room = 3, audience = 'dealer' } = options;
  const random = seeded(seed);
  let serial = 0;
  const id = () => `5a3b0000-0000-4000-8000-${(seed * 1_000_000 + serial++).toString(16).padStart(12, '0')}`;
  const project_id = id();
  const levels = Array.from({ length: floors }, (_, n) => floorOf(n, Math.ceil(rooms / floors), id, random));
  const products = productsOf(seed);
  const spaces = levels.flatMap((floor) => floor.spaces);
  const types = ['conservative', 'balanced', 'aggressive'] as const;
  const scenarios = types.map((type, n) =>
    scenarioOf({ type, spaces, products: products.slice(n * 4), lines_per_room, id, random }),
  );
  const used = new Set(scenarios.flatMap((scenario) => scenario.items.map((item) => item.sku)));
  return forAudience(
    {
      format: 'ofs-project',
      version: 1,
      exported_at: '2026-03-02T09:00:00.000Z',
      audience: 'dealer',
      organization: {
        name: 'Fieldstone Interiors (fictional)',
        type: 'dealer',
        website: null,
        phone: null,
        address: null,
        branding: {
          logo: null,
          primary_color: '#1f4e5f',
          accent_color: null,
          footer_line: null,
          paper: null,
        },
      },
      project: {
        id: project_id,
        name: `Sample ${seed} – Höhe 2½ (fictional)`,
        description: 'A fictional project.',
        status: 'in_progress',
        client: { name: 'Harbour Street Partners (fictional)' },
        requirements: { employee_count: rooms * 2, workstation_count: rooms * 2 },
        budget: { target: 250_000, currency: 'USD', selected_scenario: 'scenario_balanced' },
        timeline: { installation_date: '2026-09-30' },
        preferences: { style: ['modern'] },
        sustainability_targets: {},
        tags: ['sample'],
        current_step: 'proposal',
        progress_pct: 80,
        currency: 'USD',
      },
      brief: { brief: { employee_count: rooms * 2 }, evidence: [], questions: [] },
      conversations: [],
      floors: levels,
      products: products.filter((product) => used.has(product.sku)),
      recommendation: {
        id: id(),
        generated_by: 'ai',
        model_version: 'furniture-choice-1',
        generation_timestamp: '2026-03-01T09:00:00.000Z',
        status: 'presented',
        confidence_score: 0.8,
        user_rating: null,
        user_feedback: null,
        input_parameters: {},
        summary: { state: 'ready', notes: [] },
      },
      scenarios,
      versions: [],
      left_out: [],
    },
    audience,
  );
}

type Ring = [number, number][];

function rectangle(x: number, y: number, width: number, depth: number): Ring {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + depth],
    [x, y + depth],
  ];
}

/** Rooms on both sides of a corridor 8 ft wide, a door to the corridor and a window to the outside for each. */
function floorOf(level: number, rooms: number, id: () => string, random: () => number): DocumentFloor {
  const columns = Math.max(1, Math.ceil(rooms / 2));
  const depth = ROOM_FT * 2 + 8;
  const spaces = Array.from({ length: rooms }, (_, n): DocumentSpace => {
    const x = (n % columns) * ROOM_FT;
    const y = n < columns ? 0 : ROOM_FT + 8;
    const polygon = rectangle(x, y, ROOM_FT, ROOM_FT);
    return {
      id: id(),
      source_key: `s${n + 1}`,
      name: `${['Open office', 'Office', 'Meeting', 'Break room', 'Store'][n % 5]}`,
      number: String((level + 1) * 100 + n + 1),
      type: ROOM_TYPES[n % ROOM_TYPES.length] ?? 'other',
      area_sqft: ROOM_FT * ROOM_FT,
      dimensions: { width_ft: ROOM_FT, length_ft: ROOM_FT },
      bbox: [x, y, ROOM_FT, ROOM_FT],
      polygon,
      holes: [],
      source_polygon: polygon,
      source_holes: [],
      suggested_capacity: 1 + Math.floor(random() * 6),
      characteristics: { natural_light: 'high', windows: 1, doors: 1, columns: [] },
      detection_confidence: 0.9,
      manually_edited: false,
      reviewed: false,
    };
  });
  const plan: PlanDocument = {
    source: {
      format: 'dxf',
      file: `level-${level + 1}.dxf`,
      units: 'ft',
      extents: [0, 0, columns * ROOM_FT, depth],
    },
    scale: { feet_per_unit: 1, method: 'user', confidence: 1, cues: [] },
    spaces: spaces.map(
      ({ id: _id, manually_edited: _edited, reviewed: _reviewed, characteristics, ...space }) => ({
        ...space,
        id: space.source_key ?? '',
        characteristics: characteristics as PlanDocument['spaces'][number]['characteristics'],
        detection_confidence: 0.9,
      }),
    ),
    doors: spaces.map((space, n) =>
      place(space, n < columns ? ROOM_FT : 0, {
        id: `d${n + 1}`,
        width_ft: 3,
        connects: [space.source_key ?? ''],
      }),
    ),
    windows: spaces.map((space, n) =>
      place(space, n < columns ? 0 : ROOM_FT, {
        id: `w${n + 1}`,
        width_ft: 6,
        space_ids: [space.source_key ?? ''],
      }),
    ),
    columns: [],
    dimensions: {
      total_area_sqft: columns * ROOM_FT * depth,
      usable_area_sqft: rooms * ROOM_FT * ROOM_FT,
      area_standard: 'inside the outer walls',
      outlines: [rectangle(0, 0, columns * ROOM_FT, depth)],
      source_outlines: [rectangle(0, 0, columns * ROOM_FT, depth)],
    },
    compliance: { label: 'screening', checks: [] },
    warnings: [],
    took_ms: 1,
  };
  return {
    id: id(),
    level_name: `Level ${level + 1}`,
    file: { name: `level-${level + 1}.dxf`, format: 'dxf', bytes: 1000, sha256: null, content_base64: null },
    scale: '1 ft = 1 ft',
    feet_per_unit: 1,
    plan,
    spaces,
  };
}

/** In the middle of a room's lower or upper wall. */
function place<T extends object>(space: DocumentSpace, up: number, rest: T) {
  const [x = 0, y = 0] = space.bbox ?? [];
  const at = { x: x + ROOM_FT / 2, y: y + up };
  return { ...at, source_x: at.x, source_y: at.y, ...rest };
}

function productsOf(seed: number): DocumentProduct[] {
  return [...generateCatalog({ seed, count: 40 })].map(({ product }): DocumentProduct => {
    const { dimensions, ...specifications } = product.specifications ?? {};
    const sustainability = product.sustainability ?? {};
    return {
      sku: product.sku,
      name: product.name,
      description: product.description ?? null,
      category: product.category,
      subcategory: product.subcategory ?? null,
      brand: product.brand ?? null,
      manufacturer: product.manufacturer ?? null,
      collection: product.collection ?? null,
      list_price: product.list_price,
      currency: 'USD',
      width_in: dimensions?.width_in ?? null,
      depth_in: dimensions?.depth_in ?? null,
      height_in: dimensions?.height_in ?? null,
      weight_lbs: specifications.weight_lbs ?? null,
      seats: specifications.seats ?? null,
      lead_time_days: product.lead_time_days ?? null,
      materials: specifications.materials ?? [],
      colors: specifications.colors_available ?? [],
      carbon_footprint_kg: sustainability.carbon_footprint_kg ?? null,
      recycled_content_pct: sustainability.recycled_content_pct ?? null,
      recyclable_pct: sustainability.recyclable_pct ?? null,
      sustainability_score: sustainability.score ?? null,
      data_quality: sustainability.data_quality ?? null,
      certifications: sustainability.certifications ?? [],
      image_url: null,
      in_catalogue: true,
    };
  });
}

interface ScenarioInput {
  type: BudgetScenario['type'];
  spaces: DocumentSpace[];
  products: DocumentProduct[];
  lines_per_room: number;
  id: () => string;
  random: () => number;
}

function scenarioOf({ type, spaces, products, lines_per_room, id, random }: ScenarioInput): DocumentScenario {
  const items = spaces.flatMap((space) =>
    Array.from({ length: lines_per_room }, (_, n) =>
      itemOf(space, products[Math.floor(random() * products.length)] as DocumentProduct, n, id, random),
    ),
  );
  const { budget, roi } = moneyFor(
    {
      items: items.map((item) => ({ ...item, unit_list_price: item.unit_list_price })),
      quality_score: 70,
      sustainability_score: 60,
    },
    { brief: { employee_count: spaces.length * 2, budget: { target: 250_000 } }, spaces, currency: 'USD' },
  );
  const cost = items.reduce((sum, item) => sum + fromNumber(item.internal?.total_cost ?? 0), 0);
  const sell = items.reduce((sum, item) => sum + fromNumber(item.total_price), 0);
  return {
    id: id(),
    name: type[0]?.toUpperCase() + type.slice(1),
    type,
    total_cost: budget.total_cost,
    quality_score: budget.quality_score,
    sustainability_score: budget.sustainability_score,
    currency: 'USD',
    variance_from_target_pct: budget.variance_from_target_pct,
    lines: budget.lines.map(({ key, label, amount, basis }) => ({ key, label, amount, note: basis })),
    roi_analysis: { ...roi },
    trade_offs: [],
    metrics: {
      item_count: items.reduce((sum, item) => sum + item.quantity, 0),
      per_person: budget.per_person,
      per_sqft: budget.per_sqft,
      carbon_kg: null,
      lead_time_days: 30,
    },
    solver: {},
    assumptions: { roi: roi.assumptions },
    shortfalls: [],
    layout: null,
    pricing: null,
    is_selected: type === 'balanced',
    items,
    sustainability: null,
    internal: {
      cost: toNumber(cost),
      sell: toNumber(sell),
      margin_pct: marginPct(sell, cost),
      lines_without_cost: 0,
    },
  };
}

function itemOf(
  space: DocumentSpace,
  product: DocumentProduct,
  n: number,
  id: () => string,
  random: () => number,
): DocumentItem {
  const quantity = 1 + Math.floor(random() * 4);
  const sell = Math.round(fromNumber(product.list_price) * (random() < 0.5 ? 1 : 0.85));
  const total = extend(sell, quantity);
  const cost = Math.round(fromNumber(product.list_price) * 0.4137);
  const [x = 0, y = 0] = space.bbox ?? [];
  return {
    id: id(),
    space_id: space.id,
    sku: product.sku,
    variant: null,
    quantity,
    wanted: quantity,
    unit_list_price: product.list_price,
    unit_price: toNumber(sell),
    total_price: toNumber(total),
    need: {
      key: `${space.id}:need_${n}`,
      label: product.subcategory ?? product.category,
      source: 'a rule',
      role: 'desk',
    },
    reasoning: `${product.name} fits the room.`,
    confidence_score: 0.75,
    alternatives: [],
    placements: Array.from({ length: quantity }, (_, unit) => ({
      x: x + 3 + (unit % 3) * 4,
      y: y + 3 + n * 3.5,
      rotation_deg: 0,
      width_ft: Math.min(3, (product.width_in ?? 24) / 12),
      depth_ft: Math.min(2.5, (product.depth_in ?? 24) / 12),
      mounted: false,
    })),
    status: 'proposed',
    locked: false,
    internal: {
      unit_cost: toNumber(cost),
      total_cost: toNumber(extend(cost, quantity)),
      margin_pct: marginPct(sell, cost),
    },
  };
}
