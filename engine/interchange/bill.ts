/**
 * The bill of one scenario as lines: what an order, a workbook or a proposal counts. Money in whole cents. The sum of the
 * lines is the scenario's furniture line; that they agree is checked by whoever collects the document.
 */
import type {
  DocumentItem,
  DocumentProduct,
  DocumentScenario,
  ProjectDocument,
} from '../../contract/project-document.ts';
import { type Cents, fromNumber, sum } from '../money.ts';
import { spoken } from './pdf/words.ts';

export interface BillLine {
  item: DocumentItem;
  product: DocumentProduct;
  /** "210 Open office", or "Open office 2" of a room without a name; null for what belongs to no room. */
  space_name: string | null;
  floor_name: string | null;
  quantity: number;
  list_cents: Cents;
  sell_cents: Cents;
  /** What one piece costs the dealer; null where that is unknown or not for this audience. */
  cost_cents: Cents | null;
  extended_cents: Cents;
}

export interface Bill {
  scenario: DocumentScenario;
  lines: BillLine[];
  /** Lines a person turned down: in no sum and no order. */
  turned_down: number;
  total_cents: Cents;
  /** What every room of the document is called, by its id. */
  rooms: ReadonlyMap<string, string>;
}

/** The scenario asked for, else the selected, the balanced, the first; undefined where there is none. */
export function scenarioOf(
  document: Pick<ProjectDocument, 'scenarios'>,
  id: string | null,
): DocumentScenario | undefined {
  const { scenarios } = document;
  if (id !== null) return scenarios.find((one) => one.id === id);
  return (
    scenarios.find((one) => one.is_selected) ??
    scenarios.find((one) => one.type === 'balanced') ??
    scenarios[0]
  );
}

export function spaceLabel(space: { number: string | null; name: string | null }): string | null {
  return [space.number, space.name].filter((part) => part !== null && part.trim() !== '').join(' ') || null;
}

/** What rooms are called in files: by number and name; one without either by its use, counted on its floor. */
export function roomNames(floors: ProjectDocument['floors']): Map<string, string> {
  const names = new Map<string, string>();
  for (const { spaces } of floors) {
    const taken = new Set(spaces.map(spaceLabel));
    for (const space of spaces) {
      let name = spaceLabel(space);
      for (let n = 1; name === null; n += 1) {
        const one = `${spoken(space.type)} ${n}`;
        if (!taken.has(one)) name = one;
      }
      taken.add(name);
      names.set(space.id, name);
    }
  }
  return names;
}

/** Lines in the order of floors, rooms and needs, as the document has them. What was turned down is in no bill. */
export function billOf(document: ProjectDocument, scenario: DocumentScenario): Bill {
  const products = new Map(document.products.map((product) => [product.sku, product]));
  const rooms = roomNames(document.floors);
  const places = new Map(
    document.floors.flatMap((floor) =>
      floor.spaces.map((space) => [
        space.id,
        { space_name: rooms.get(space.id) ?? null, floor_name: floor.level_name ?? floor.file.name },
      ]),
    ),
  );
  const kept = scenario.items.filter((item) => item.status !== 'rejected');
  const lines = kept.map((item): BillLine => {
    const product = products.get(item.sku);
    if (product === undefined) throw new Error(`The document describes no product ${item.sku}.`);
    const place = item.space_id === null ? undefined : places.get(item.space_id);
    const cost = item.internal?.unit_cost;
    return {
      item,
      product,
      space_name: place?.space_name ?? null,
      floor_name: place?.floor_name ?? null,
      quantity: item.quantity,
      list_cents: fromNumber(item.unit_list_price),
      sell_cents: fromNumber(item.unit_price),
      cost_cents: cost === undefined || cost === null ? null : fromNumber(cost),
      extended_cents: fromNumber(item.total_price),
    };
  });
  const turned_down = scenario.items.length - lines.length;
  return { scenario, lines, turned_down, total_cents: sum(lines.map((line) => line.extended_cents)), rooms };
}
