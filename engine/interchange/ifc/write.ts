/**
 * The furnished floors of a project as IFC 4 (ISO 16739): project, site, building, a storey each floor, its rooms as spaces,
 * the walls between them, and the furniture in the spaces, one type a product, with part number and price. Metres. Furniture
 * stands as boxes of its outside dimensions, rooms and walls at a nominal height: plans do not tell how high they are.
 */
import type {
  DocumentItem,
  DocumentProduct,
  LeftOut,
  ProjectDocument,
} from '../../../contract/project-document.ts';
import type { Polygon, Ring } from '../../geometry/planar.ts';
import { type FloorScene, modelScenes, type Piece, STOREY_FT } from '../floor_scene.ts';
import type { WriteOptions, WriteTools, Written } from '../writer.ts';
import { globalId } from './guid.ts';
import { DERIVED, enumeration, type Ref, StepFile, type StepValue, typed, whole } from './step.ts';

const M = 0.3048;
const INCH = 0.0254;
/** Of rooms and walls, feet. */
const ROOM_FT = 9;
/** Of a product whose height is not known, inches. */
const NOMINAL_IN = 30;

export async function write(
  document: ProjectDocument,
  options: WriteOptions,
  tools: WriteTools,
): Promise<Written> {
  const { scenario, scenes, without_scale } = modelScenes(document, options);
  const items = new Map((scenario?.items ?? []).map((item) => [item.id, item]));
  const model = new Model(document, items, scenario?.currency ?? document.project.currency);
  scenes.forEach((scene, level) => {
    tools.onProgress(level / scenes.length, `Building ${scene.name}`);
    model.addFloor(scene, level);
  });
  const bytes = model.finish();
  return { bytes, left_out: leftOut(model, without_scale, [...items.values()]) };
}

type Product = Pick<
  DocumentProduct,
  'sku' | 'name' | 'width_in' | 'depth_in' | 'height_in' | 'manufacturer' | 'brand'
>;
interface TypeOfProduct {
  type: Ref;
  map: Ref;
  pieces: Ref[];
}

class Model {
  readonly #step = new StepFile();
  readonly #document: ProjectDocument;
  readonly #items: ReadonlyMap<string, DocumentItem>;
  readonly #currency: string;
  readonly #origin: Ref;
  readonly #up: Ref;
  readonly #axes: Ref;
  readonly #flat: Ref;
  readonly #body: Ref;
  readonly #project: Ref;
  readonly #site: Ref;
  readonly #building: Ref;
  readonly #building_at: Ref;
  readonly #storeys: Ref[] = [];
  readonly #types = new Map<string, TypeOfProduct>();
  readonly #of_item = new Map<string, Ref[]>();
  /** Products that stand at a nominal height or size. */
  readonly without_size = new Set<string>();

  constructor(document: ProjectDocument, items: ReadonlyMap<string, DocumentItem>, currency: string) {
    this.#document = document;
    this.#items = items;
    this.#currency = currency;
    const step = this.#step;
    this.#origin = step.add('IfcCartesianPoint', [0, 0, 0]);
    this.#up = step.add('IfcDirection', [0, 0, 1]);
    this.#axes = step.add('IfcAxis2Placement3D', this.#origin, null, null);
    const corner = step.add('IfcCartesianPoint', [0, 0]);
    this.#flat = step.add('IfcAxis2Placement2D', corner, null);
    const context = step.add(
      'IfcGeometricRepresentationContext',
      null,
      'Model',
      whole(3),
      1e-5,
      this.#axes,
      null,
    );
    this.#body = step.add(
      'IfcGeometricRepresentationSubContext',
      ...[
        'Body',
        'Model',
        DERIVED,
        DERIVED,
        DERIVED,
        DERIVED,
        context,
        null,
        enumeration('MODEL_VIEW'),
        null,
      ],
    );
    const units = step.add('IfcUnitAssignment', [
      step.add('IfcSIUnit', DERIVED, enumeration('LENGTHUNIT'), null, enumeration('METRE')),
      step.add('IfcSIUnit', DERIVED, enumeration('AREAUNIT'), null, enumeration('SQUARE_METRE')),
      step.add('IfcSIUnit', DERIVED, enumeration('VOLUMEUNIT'), null, enumeration('CUBIC_METRE')),
      step.add('IfcSIUnit', DERIVED, enumeration('PLANEANGLEUNIT'), null, enumeration('RADIAN')),
      step.add('IfcMonetaryUnit', currency),
    ]);
    const { id, name, description } = document.project;
    this.#project = step.add(
      'IfcProject',
      globalId(id, 'project'),
      null,
      name,
      description,
      null,
      null,
      null,
      [context],
      units,
    );
    const site_at = this.#place(null);
    this.#site = step.add(
      'IfcSite',
      ...[globalId(id, 'site'), null, 'Site', null, null, site_at, null, null, enumeration('ELEMENT')],
      ...[null, null, null, null, null],
    );
    this.#building_at = this.#place(site_at);
    this.#building = step.add(
      'IfcBuilding',
      ...[
        globalId(id, 'building'),
        null,
        name,
        null,
        null,
        this.#building_at,
        null,
        null,
        enumeration('ELEMENT'),
      ],
      ...[null, null, null],
    );
  }

  addFloor(scene: FloorScene, level: number): void {
    const { floor, name, rooms, walls, pieces } = scene;
    const elevation = level * STOREY_FT * M;
    const at = this.#place(this.#building_at, [0, 0, elevation]);
    const storey = this.#step.add(
      'IfcBuildingStorey',
      ...[
        globalId(floor.id, 'storey'),
        null,
        name,
        null,
        null,
        at,
        null,
        null,
        enumeration('ELEMENT'),
        elevation,
      ],
    );
    this.#storeys.push(storey);
    const spaces = new Map(rooms.map(({ space, polygon }) => [space.id, this.#space(space, polygon, at)]));
    this.#aggregate(storey, [...spaces.values()], floor.id);
    const inStorey = walls.map((wall, n) => this.#wall(wall, at, `${floor.id} ${n}`));
    const inSpaces = new Map<string, Ref[]>();
    pieces.forEach((piece, n) => {
      const made = this.#piece(piece, at, `${piece.item_id} ${floor.id} ${n}`);
      if (piece.space_id === null || !spaces.has(piece.space_id)) inStorey.push(made);
      else inSpaces.set(piece.space_id, [...(inSpaces.get(piece.space_id) ?? []), made]);
    });
    this.#contain(storey, inStorey, floor.id);
    for (const [id, held] of inSpaces) this.#contain(spaces.get(id) as Ref, held, id);
  }

  finish(): Uint8Array {
    const { id, name } = this.#document.project;
    this.#aggregate(this.#project, [this.#site], `${id} project`);
    this.#aggregate(this.#site, [this.#building], `${id} site`);
    this.#aggregate(this.#building, this.#storeys, `${id} building`);
    for (const [sku, { type, pieces }] of this.#types)
      this.#step.add('IfcRelDefinesByType', globalId(id, sku, 'typed'), null, null, null, pieces, type);
    for (const [item_id, pieces] of this.#of_item) this.#bill(item_id, pieces);
    return this.#step.bytes({
      view: 'ReferenceView_V1.2',
      schema: 'IFC4',
      name: `${name}.ifc`,
      organization: this.#document.organization?.name ?? '',
      made_at: this.#document.exported_at,
    });
  }

  #space(space: FloorScene['rooms'][number]['space'], polygon: Polygon, at: Ref): Ref {
    const height = space.dimensions?.height_ft ?? ROOM_FT;
    const made = this.#step.add(
      'IfcSpace',
      ...[globalId(space.id, 'space'), null, space.number ?? space.name ?? 'Room', null, space.type],
      ...[this.#place(at), this.#shape(this.#solid(this.#profile(polygon), height * M)), space.name],
      ...[enumeration('ELEMENT'), enumeration('INTERNAL'), null],
    );
    this.#properties(made, space.id, 'Pset_SpaceCommon', [['Reference', 'IfcIdentifier', space.number]]);
    if (space.area_sqft !== null) {
      const area = this.#step.add(
        'IfcQuantityArea',
        'NetFloorArea',
        null,
        null,
        space.area_sqft * M * M,
        null,
      );
      const set = globalId(space.id, 'quantities');
      const quantities = this.#step.add(
        'IfcElementQuantity',
        set,
        null,
        'Qto_SpaceBaseQuantities',
        null,
        null,
        [area],
      );
      this.#step.add('IfcRelDefinesByProperties', globalId(set, 'of'), null, null, null, [made], quantities);
    }
    return made;
  }

  #wall(polygon: Polygon, at: Ref, key: string): Ref {
    return this.#step.add(
      'IfcWall',
      ...[globalId(key, 'wall'), null, 'Wall', null, null, this.#place(at)],
      ...[this.#shape(this.#solid(this.#profile(polygon), ROOM_FT * M)), null, enumeration('NOTDEFINED')],
    );
  }

  #piece(piece: Piece, at: Ref, key: string): Ref {
    const { product, item_id } = piece;
    const kind = this.#typeOf(product, piece);
    const turn = (piece.rotation_deg * Math.PI) / 180;
    const place = this.#place(at, [piece.x * M, piece.y * M, 0], [Math.cos(turn), Math.sin(turn), 0]);
    const target = this.#step.add(
      'IfcCartesianTransformationOperator3D',
      null,
      null,
      this.#origin,
      null,
      null,
    );
    const mapped = this.#step.add('IfcMappedItem', kind.map, target);
    const made = this.#step.add(
      'IfcFurniture',
      ...[globalId(key, 'furniture'), null, product.name, null, product.category, place],
      ...[this.#shape(mapped, 'MappedRepresentation'), product.sku, enumeration('NOTDEFINED')],
    );
    kind.pieces.push(made);
    this.#of_item.set(item_id, [...(this.#of_item.get(item_id) ?? []), made]);
    return made;
  }

  /** One a product: its box, its maker and its part number. */
  #typeOf(product: Product, piece: Piece): TypeOfProduct {
    const known = this.#types.get(product.sku);
    if (known !== undefined) return known;
    const { sku, name, width_in, depth_in, height_in } = product;
    if (width_in === null || depth_in === null || height_in === null) this.without_size.add(sku);
    const width = width_in === null ? piece.width_ft * M : width_in * INCH;
    const depth = depth_in === null ? piece.depth_ft * M : depth_in * INCH;
    const rectangle = this.#step.add(
      'IfcRectangleProfileDef',
      ...[enumeration('AREA'), null, this.#flat, Math.max(width, 0.01), Math.max(depth, 0.01)],
    );
    const solid = this.#solid(rectangle, Math.max((height_in ?? NOMINAL_IN) * INCH, 0.01));
    const map = this.#step.add('IfcRepresentationMap', this.#axes, this.#representation(solid, 'SweptSolid'));
    const set = this.#set(`${this.#document.project.id} ${sku}`, 'Pset_ManufacturerTypeInformation', [
      ['ArticleNumber', 'IfcIdentifier', sku],
      ['ModelLabel', 'IfcLabel', name],
      ['Manufacturer', 'IfcLabel', product.manufacturer ?? product.brand],
    ]);
    const type = this.#step.add(
      'IfcFurnitureType',
      ...[globalId(this.#document.project.id, sku, 'type'), null, name, null, null, [set], [map], sku, null],
      ...[enumeration('NOTDEFINED'), enumeration('NOTDEFINED')],
    );
    const made = { type, map, pieces: [] };
    this.#types.set(sku, made);
    return made;
  }

  /** What the bill says of a line, on each of its pieces; what the dealer pays is in no model. */
  #bill(item_id: string, pieces: readonly Ref[]): void {
    const item = this.#items.get(item_id);
    if (item === undefined) return;
    this.#properties(pieces, item_id, 'OFS_Bill', [
      ['PartNumber', 'IfcIdentifier', item.variant?.sku ?? item.sku],
      ['Options', 'IfcText', item.variant === null ? null : optionsOf(item.variant.attributes)],
      ['UnitPrice', 'IfcMonetaryMeasure', item.unit_price],
      ['ListPrice', 'IfcMonetaryMeasure', item.unit_list_price],
      ['Currency', 'IfcLabel', this.#currency],
      ['QuantityOfLine', 'IfcCountMeasure', item.quantity],
    ]);
  }

  // ——— Geometry and relations ———

  #place(under: Ref | null, at: readonly number[] = [0, 0, 0], x: readonly number[] | null = null): Ref {
    const point = at.every((one) => one === 0) ? this.#origin : this.#step.add('IfcCartesianPoint', at);
    const axes =
      x === null && point === this.#origin
        ? this.#axes
        : this.#step.add(
            'IfcAxis2Placement3D',
            point,
            ...(x === null ? [null, null] : [this.#up, this.#step.add('IfcDirection', x)]),
          );
    return this.#step.add('IfcLocalPlacement', under, axes);
  }

  #curve(ring: Ring): Ref {
    const points = ring.map(([x, y]) => this.#step.add('IfcCartesianPoint', [x * M, y * M]));
    return this.#step.add('IfcPolyline', [...points, points[0] as Ref]);
  }

  #profile({ outer, holes }: Polygon): Ref {
    const area = enumeration('AREA');
    const inner = holes.filter((hole) => hole.length >= 3);
    if (inner.length === 0)
      return this.#step.add('IfcArbitraryClosedProfileDef', area, null, this.#curve(outer));
    const curves = inner.map((hole) => this.#curve(hole));
    return this.#step.add('IfcArbitraryProfileDefWithVoids', area, null, this.#curve(outer), curves);
  }

  #solid(profile: Ref, height: number): Ref {
    return this.#step.add('IfcExtrudedAreaSolid', profile, this.#axes, this.#up, height);
  }

  #representation(item: Ref, kind: string): Ref {
    return this.#step.add('IfcShapeRepresentation', this.#body, 'Body', kind, [item]);
  }

  #shape(item: Ref, kind = 'SweptSolid'): Ref {
    return this.#step.add('IfcProductDefinitionShape', null, null, [this.#representation(item, kind)]);
  }

  #aggregate(whole: Ref, parts: readonly Ref[], key: string): void {
    if (parts.length > 0)
      this.#step.add('IfcRelAggregates', globalId(key, 'parts'), null, null, null, whole, parts);
  }

  #contain(place: Ref, held: readonly Ref[], key: string): void {
    if (held.length > 0)
      this.#step.add(
        'IfcRelContainedInSpatialStructure',
        ...[globalId(key, 'holds'), null, null, null, held, place],
      );
  }

  #set(key: string, name: string, values: readonly [string, string, string | number | null][]): Ref {
    const properties = values.flatMap(([label, type, value]) =>
      value === null || value === ''
        ? []
        : [this.#step.add('IfcPropertySingleValue', label, null, typed(type, value), null)],
    );
    return this.#step.add('IfcPropertySet', globalId(key, name), null, name, null, properties);
  }

  #properties(
    of: Ref | readonly Ref[],
    key: string,
    name: string,
    values: readonly [string, string, string | number | null][],
  ): void {
    if (values.every(([, , value]) => value === null || value === '')) return;
    const set = this.#set(key, name, values);
    const objects: StepValue = Array.isArray(of) ? (of as readonly Ref[]) : [of as Ref];
    this.#step.add('IfcRelDefinesByProperties', globalId(key, name, 'of'), null, null, null, objects, set);
  }
}

function optionsOf(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

function leftOut(model: Model, without_scale: readonly string[], items: readonly DocumentItem[]): LeftOut[] {
  const found: LeftOut[] = without_scale.map((name) => ({
    what: name,
    why: 'Its scale is not known, so it cannot be modelled to size.',
  }));
  const without = items.filter((item) => item.status !== 'rejected' && (item.placements ?? []).length === 0);
  if (without.length > 0)
    found.push({
      what: 'Lines of the bill without a place in the plan',
      why: 'A model holds what stands in it; the workbook and the order hold every line.',
      count: without.length,
    });
  if (model.without_size.size > 0)
    found.push({
      what: 'Sizes of products',
      why: 'The catalogue gives no height or size; they stand as nominal boxes.',
      count: model.without_size.size,
    });
  return [
    ...found,
    { what: 'Shapes of furniture', why: 'Each piece stands as a box of its outside dimensions.' },
    { what: 'Doors and windows', why: 'They are gaps in the walls; plans do not tell their heights.' },
    { what: 'Heights of rooms', why: `Where a plan does not tell, rooms and walls are ${ROOM_FT} ft high.` },
  ];
}
