// A DXF file as sections: header variables, layers, blocks and entities, each entity a bag of group pairs.
// Knows the file's structure only; what entities mean is in explode.ts.
import type { Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import { LIMITS } from '../limits.data.ts';
import { type GroupReader, readGroups } from './groups.ts';

export type DxfEntity = {
  type: string;
  codes: number[];
  values: string[];
  /** Vertices of a POLYLINE, attributes of an INSERT. */
  children: DxfEntity[];
};
export type DxfBlock = {
  name: string;
  base: [number, number];
  entities: DxfEntity[];
  /** The file it refers to, where it is an external reference. */
  xref: string | null;
};
export type DxfLayer = { name: string; frozen: boolean; off: boolean; handle: string };
export type DxfDocument = {
  header: Map<string, string>;
  layers: Map<string, DxfLayer>;
  blocks: Map<string, DxfBlock>;
  entities: DxfEntity[];
};

export function text(entity: DxfEntity, code: number, fallback = ''): string {
  const i = entity.codes.indexOf(code);
  return i < 0 ? fallback : entity.values[i]!;
}

export function number(entity: DxfEntity, code: number, fallback = 0): number {
  const i = entity.codes.indexOf(code);
  if (i < 0) return fallback;
  const value = Number(entity.values[i]);
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? value : fallback;
}

export function point(entity: DxfEntity, code: number): Point {
  return [number(entity, code), number(entity, code + 10)];
}

/** Every value of a repeated code, 0 where it is no number. */
export function numbers(entity: DxfEntity, code: number): number[] {
  const found: number[] = [];
  entity.codes.forEach((c, i) => {
    if (c === code) found.push(Number(entity.values[i]) || 0);
  });
  return found;
}

export function points(entity: DxfEntity, code: number): Point[] {
  const ys = numbers(entity, code + 10);
  return numbers(entity, code).map((x, i): Point => [x, ys[i] ?? 0]);
}

/** Reads the sections of a DXF file. Throws PlanError for files that end early or are not DXF inside. */
export function readDxf(bytes: Uint8Array): DxfDocument {
  const reader = readGroups(bytes);
  const document: DxfDocument = { header: new Map(), layers: new Map(), blocks: new Map(), entities: [] };
  const budget = { entities: 0 };
  let ended = false;
  let more = reader.next();
  let section: string | null = null;
  while (more && !ended) {
    if (reader.code === 0 && reader.value.trim() === 'EOF') {
      ended = true;
    } else if (reader.code === 0 && reader.value.trim() === 'SECTION') {
      more = reader.next();
      section = more && isName(reader) ? reader.value.trim() : '';
      more = readSection(section, reader, document, budget);
      if (more) section = null;
    } else {
      more = reader.next();
    }
  }
  if (!ended && section !== null) {
    throw new PlanError(
      'truncated',
      `The DXF ends inside its ${section || 'first'} section (${reader.where()}), so part of the drawing is missing; export or upload it again.`,
    );
  }
  return document;
}

function isName(reader: GroupReader): boolean {
  return reader.code === 2;
}

/** Reads up to ENDSEC; false when the file ended before it. */
function readSection(
  name: string,
  reader: GroupReader,
  document: DxfDocument,
  budget: { entities: number },
): boolean {
  if (name === 'HEADER') return readHeader(reader, document);
  if (name === 'TABLES') {
    return readEntities(reader, budget, (entity) => {
      if (entity.type !== 'LAYER') return;
      const layer = text(entity, 2);
      document.layers.set(layer.toUpperCase(), {
        name: layer,
        frozen: (number(entity, 70) & 1) !== 0,
        off: number(entity, 62, 7) < 0,
        handle: text(entity, 5).trim(),
      });
    });
  }
  if (name === 'BLOCKS') return readBlocks(reader, document, budget);
  if (name === 'ENTITIES')
    return readEntities(
      reader,
      budget,
      nest((entity) => document.entities.push(entity)),
    );
  let more = reader.next();
  while (more && !(reader.code === 0 && reader.value.trim() === 'ENDSEC')) more = reader.next();
  return more;
}

function readHeader(reader: GroupReader, document: DxfDocument): boolean {
  let variable = '';
  while (reader.next()) {
    if (reader.code === 0) {
      if (reader.value.trim() === 'ENDSEC') return true;
    } else if (reader.code === 9) {
      variable = reader.value.trim();
    } else if (variable && !document.header.has(variable)) {
      document.header.set(variable, reader.value.trim());
    }
  }
  return false;
}

/** Flags of a BLOCK (group 70): attached and overlaid external references. */
const XREF = 4;
const OVERLAY = 8;

function readBlocks(reader: GroupReader, document: DxfDocument, budget: { entities: number }): boolean {
  let block: DxfBlock | null = null;
  const add = nest((entity) => block?.entities.push(entity));
  return readEntities(reader, budget, (entity) => {
    if (entity.type === 'BLOCK') {
      const isXref = (number(entity, 70) & (XREF | OVERLAY)) !== 0;
      block = {
        name: text(entity, 2),
        base: [number(entity, 10), number(entity, 20)],
        entities: [],
        xref: isXref ? text(entity, 1, text(entity, 2)).trim() : null,
      };
      document.blocks.set(block.name.toUpperCase(), block);
    } else if (entity.type === 'ENDBLK') {
      block = null;
    } else {
      add(entity);
    }
  });
}

/** Puts VERTEX and ATTRIB under the POLYLINE or INSERT they follow. */
function nest(emit: (entity: DxfEntity) => void): (entity: DxfEntity) => void {
  let parent: DxfEntity | null = null;
  return (entity) => {
    if (entity.type === 'SEQEND') {
      parent = null;
    } else if ((entity.type === 'VERTEX' || entity.type === 'ATTRIB') && parent) {
      parent.children.push(entity);
    } else {
      const opens = entity.type === 'POLYLINE' || entity.type === 'INSERT';
      parent = opens ? entity : null;
      emit(entity);
    }
  };
}

function readEntities(
  reader: GroupReader,
  budget: { entities: number },
  emit: (entity: DxfEntity) => void,
): boolean {
  let current: DxfEntity | null = null;
  while (reader.next()) {
    if (reader.code !== 0) {
      if (!current) continue;
      current.codes.push(reader.code);
      current.values.push(reader.value);
      if (current.codes.length > LIMITS.groups_per_entity) {
        throw new PlanError(
          'too_large',
          `One ${current.type} of the DXF (${reader.where()}) is larger than any drawing needs; purge or repair the drawing and export it again.`,
        );
      }
      continue;
    }
    if (current) emit(current);
    current = null;
    const type = reader.value.trim();
    if (type === 'ENDSEC') return true;
    if (type === 'ENDTAB' || type === 'TABLE') continue;
    if (++budget.entities > LIMITS.entities) {
      throw new PlanError(
        'too_many_entities',
        `The DXF holds more than ${LIMITS.entities.toLocaleString('en-US')} entities; export only the floor plan's layers.`,
      );
    }
    current = { type, codes: [], values: [], children: [] };
  }
  return false;
}
