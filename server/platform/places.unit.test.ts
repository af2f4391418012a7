// Places come from a local file, for shortened addresses, and there are none without it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlaces } from './places.ts';

/** The MaxMind DB format (https://maxmind.github.io/MaxMind-DB/), as far as one network needs it. */
function encode(value: unknown): Buffer {
  const head = (type: number, size: number) =>
    type < 8 ? Buffer.from([(type << 5) | size]) : Buffer.from([size, type - 7]);
  if (typeof value === 'string') return Buffer.concat([head(2, value.length), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value as object);
  return Buffer.concat([
    head(7, entries.length),
    ...entries.flatMap(([key, each]) => [encode(key), encode(each)]),
  ]);
}

/** A database that knows one /24 network. */
function database(network: number[], record: object): Buffer {
  const NODES = 24;
  const bits = network.flatMap((byte) => Array.from({ length: 8 }, (_, index) => (byte >> (7 - index)) & 1));
  const tree = Buffer.alloc(NODES * 6);
  for (let node = 0; node < NODES; node++) {
    const taken = node === NODES - 1 ? NODES + 16 : node + 1;
    tree.writeUIntBE(bits[node] === 0 ? taken : NODES, node * 6, 3);
    tree.writeUIntBE(bits[node] === 1 ? taken : NODES, node * 6 + 3, 3);
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_790_000_000,
    database_type: 'Test-City',
    description: { en: 'One network' },
    ip_version: 4,
    languages: ['en'],
    node_count: NODES,
    record_size: 24,
  });
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')]);
  return Buffer.concat([tree, Buffer.alloc(16), encode(record), marker, metadata]);
}

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ofs-places-'));
  file = join(folder, 'city.mmdb');
  const record = {
    city: { names: { en: 'Fernhollow' } },
    country: { iso_code: 'US', names: { en: 'United States' } },
    subdivisions: [{ iso_code: 'IN', names: { en: 'Indiana' } }],
    location: { latitude: 38, longitude: 86 },
  };
  writeFileSync(file, database([203, 0, 113], record));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('an address has the country, region and city of its network, and nothing finer', () => {
  const placeOf = openPlaces(file);
  expect(placeOf('203.0.113.77')).toEqual({ country: 'US', region: 'Indiana', city: 'Fernhollow' });
  expect(placeOf('::ffff:203.0.113.9')).toEqual({ country: 'US', region: 'Indiana', city: 'Fernhollow' });
});

it('an unknown network, and what is no address, has no place', () => {
  const placeOf = openPlaces(file);
  expect(placeOf('198.51.100.1')).toBeUndefined();
  expect(placeOf('')).toBeUndefined();
  expect(placeOf('unix socket')).toBeUndefined();
});

it('there is no place without a database', () => {
  expect(openPlaces(undefined)('203.0.113.77')).toBeUndefined();
});

it('a file that is no database is refused at once, with its path', () => {
  const broken = join(folder, 'broken.mmdb');
  writeFileSync(broken, 'not a database');
  expect(() => openPlaces(broken)).toThrow(/GEOIP_DATABASE .*broken\.mmdb/);
  expect(() => openPlaces(join(folder, 'missing.mmdb'))).toThrow(/GEOIP_DATABASE/);
});
