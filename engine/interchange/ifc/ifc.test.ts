// The IFC file read back by a small reader of STEP of the test's own: references, structure, places, properties.
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { analyzePlan } from '../../plan/analyze.ts';
import { samplePlanDxf } from '../../plan/generator/sample.ts';
import { scenarioOf } from '../bill.ts';
import { furnishedSample } from '../furnished_sample.ts';
import { forAudience } from '../project/audience.ts';
import { write } from './write.ts';

const options = {
  scenario_id: null,
  parts: ['furniture'],
  dialect: 'generic',
  paper: 'Letter',
  units: 'imperial',
} as const;
const tools = { onProgress: () => undefined };

type Value = string | number | null | { ref: number } | { name: string; values: Value[] } | Value[];
interface Entity {
  id: number;
  type: string;
  values: Value[];
}

/** Reads the data section character by character. */
function readStep(bytes: Uint8Array): Map<number, Entity> {
  const text = new TextDecoder('ascii', { fatal: true }).decode(bytes);
  const data = text.slice(text.indexOf('DATA;') + 5, text.lastIndexOf('ENDSEC;'));
  const found = new Map<number, Entity>();
  let at = 0;
  const skip = () => {
    while (/\s/.test(data[at] ?? '')) at += 1;
  };
  const take = (pattern: RegExp): string => {
    const match = new RegExp(pattern, 'y');
    match.lastIndex = at;
    const hit = match.exec(data)?.[0];
    if (hit === undefined) throw new Error(`Not STEP at ${at}: ${data.slice(at, at + 60)}`);
    at += hit.length;
    return hit;
  };
  const list = (): Value[] => {
    take(/\(/);
    const all: Value[] = [];
    if (data[at] === ')') {
      at += 1;
      return all;
    }
    for (;;) {
      all.push(value());
      if (take(/[,)]/) === ')') return all;
    }
  };
  const value = (): Value => {
    const sign = data[at] ?? '';
    if (sign === '(') return list();
    if (sign === '#') return { ref: Number(take(/#\d+/).slice(1)) };
    if (sign === "'") return plain(take(/'(?:[^']|'')*'/));
    if (sign === '$' || sign === '*') {
      at += 1;
      return null;
    }
    if (sign === '.') return take(/\.[A-Z0-9_]+\./);
    if (/[A-Z]/.test(sign)) return { name: take(/[A-Z0-9]+/), values: list() };
    return Number(take(/-?\d+(?:\.\d*)?(?:E-?\d+)?/));
  };
  for (skip(); at < data.length; skip()) {
    const id = Number(take(/#\d+/).slice(1));
    take(/=/);
    found.set(id, { id, type: take(/[A-Z0-9]+/), values: list() });
    take(/;/);
  }
  return found;
}

const plain = (text: string) =>
  text
    .slice(1, -1)
    .replaceAll("''", "'")
    .replace(/\\X2\\([0-9A-F]+)\\X0\\/g, (_all, hex: string) =>
      String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))),
    )
    .replaceAll('\\\\', '\\');

let plan: PlanDocument;
let document: ProjectDocument;
let file: Map<number, Entity>;
const of = (type: string) => [...file.values()].filter((one) => one.type === type);
const get = (value: Value | undefined) => file.get((value as { ref: number }).ref) as Entity;

beforeAll(async () => {
  const seed = Math.floor(Math.random() * 1e6);
  plan = await analyzePlan(samplePlanDxf(seed), { file_name: `plan ${seed}.dxf` });
  document = furnishedSample(5, [plan, plan]);
  document.project.name = "Tower \\ O'Neil – Zürich 東";
  file = readStep((await write(document, options, tools)).bytes);
});

describe('the furnished floors as IFC 4', () => {
  it('name only instances that are there, and every identifier once', () => {
    const refs = (value: Value): number[] =>
      Array.isArray(value)
        ? value.flatMap(refs)
        : typeof value === 'object' && value !== null
          ? 'ref' in value
            ? [value.ref]
            : value.values.flatMap(refs)
          : [];
    for (const { values } of file.values())
      for (const ref of values.flatMap(refs)) expect(file.has(ref)).toBe(true);
    const ids = [...file.values()].flatMap(({ type, values }) =>
      /^IFC(PROJECT|SITE|BUILDING|BUILDINGSTOREY|SPACE|WALL|FURNITURE|FURNITURETYPE|REL\w+|PROPERTYSET|ELEMENTQUANTITY)$/.test(
        type,
      )
        ? [values[0] as string]
        : [],
    );
    expect(ids.every((id) => /^[0-3][0-9A-Za-z_$]{21}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(of('IFCPROJECT')[0]?.values[2]).toBe(document.project.name);
  });

  it('hold a storey each floor, the rooms as its spaces and the furniture in the spaces, where the plan says', () => {
    const storeys = of('IFCBUILDINGSTOREY');
    expect(storeys).toHaveLength(2);
    const drawn = document.floors.flatMap((floor) =>
      floor.spaces.filter((space) => space.polygon.length >= 3),
    );
    expect(of('IFCSPACE')).toHaveLength(drawn.length);
    const parts = of('IFCRELAGGREGATES').filter(({ values }) => get(values[4]).type === 'IFCBUILDINGSTOREY');
    expect(parts.flatMap(({ values }) => values[5] as Value[])).toHaveLength(drawn.length);
    const scenario = scenarioOf(document, null);
    const places =
      scenario?.items.flatMap((item) => (item.placements ?? []).map((place) => ({ item, place }))) ?? [];
    expect(of('IFCFURNITURE')).toHaveLength(places.length);
    const at = of('IFCFURNITURE').map(({ values }) => {
      const axes = get(get(values[5]).values[1]);
      const turn = get(axes.values[2]).values[0] as number[];
      return { tag: values[7], point: get(axes.values[0]).values[0] as number[], turn };
    });
    for (const { item, place } of places) {
      const turn = (place.rotation_deg * Math.PI) / 180;
      expect(
        at.some(
          ({ tag, point: [x = 0, y = 0], turn: [cos = 0, sin = 0] }) =>
            tag === item.sku &&
            Math.hypot(x - place.x * 0.3048, y - place.y * 0.3048) < 1e-5 &&
            Math.hypot(cos - Math.cos(turn), sin - Math.sin(turn)) < 1e-5,
        ),
      ).toBe(true);
    }
    const held = of('IFCRELCONTAINEDINSPATIALSTRUCTURE');
    const inSpaces = held
      .filter(({ values }) => get(values[5]).type === 'IFCSPACE')
      .flatMap(({ values }) => values[4] as Value[]);
    expect(inSpaces).toHaveLength(places.filter(({ item }) => item.space_id !== null).length);
  });

  it('give every piece its part number and price, and every product one type', () => {
    const scenario = scenarioOf(document, null);
    const placed = scenario?.items.filter((item) => (item.placements ?? []).length > 0) ?? [];
    expect(of('IFCFURNITURETYPE')).toHaveLength(new Set(placed.map((item) => item.sku)).size);
    const told = of('IFCRELDEFINESBYPROPERTIES').filter(
      ({ values }) => get(values[5]).values[2] === 'OFS_Bill',
    );
    expect(told.flatMap(({ values }) => values[4] as Value[])).toHaveLength(of('IFCFURNITURE').length);
    const prices = told.map(({ values }) => {
      const properties = (get(values[5]).values[4] as Value[]).map((one) => get(one).values);
      const toldAs = (name: string) =>
        (properties.find((one) => one[0] === name)?.[2] as { values: Value[] } | undefined)?.values[0];
      return `${toldAs('PartNumber')} ${toldAs('UnitPrice')} ${toldAs('Currency')}`;
    });
    expect(prices.toSorted()).toEqual(
      placed
        .map((item) => `${item.variant?.sku ?? item.sku} ${item.unit_price} ${scenario?.currency}`)
        .toSorted(),
    );
  });

  it('tell areas in square metres, and no cost to anybody', async () => {
    const areas = of('IFCQUANTITYAREA').map(({ values }) => values[3] as number);
    const feet = document.floors
      .flatMap((floor) => floor.spaces)
      .reduce((sum, space) => sum + (space.area_sqft ?? 0), 0);
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(feet * 0.09290304, 2);
    for (const one of [document, forAudience(document, 'client')]) {
      const text = new TextDecoder().decode((await write(one, options, tools)).bytes);
      expect(text).not.toMatch(/cost|margin|dealer/i);
    }
  });

  it('say what they lack', async () => {
    const { left_out } = await write(document, options, tools);
    expect(left_out.map(({ what }) => what)).toContain('Shapes of furniture');
    await expect(write({ ...document, floors: [] }, options, tools)).rejects.toMatchObject({
      code: 'nothing_to_write',
    });
  });
});
