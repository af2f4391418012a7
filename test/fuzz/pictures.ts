// Damage done to pictures: to what the head says of the size, and to the compressed pixels.
import { crc32, deflateSync } from 'node:zlib';
import type { Random } from '../../engine/plan/generator/random.ts';

const SIZES = [0, 1, 63, 64, 300, 20_000, 100_000, 2 ** 31 - 1] as const;

/** A PNG whose head claims another size or depth, with a true checksum. */
export function liedPng(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Buffer.from(bytes);
  if (random.chance(0.7)) copy.writeUInt32BE(random.pick(SIZES), random.chance(0.5) ? 16 : 20);
  else copy[random.whole(24, 28)] = random.whole(0, 255);
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  return new Uint8Array(copy);
}

/** A small PNG file that unpacks to a very large picture: 1 bit a pixel, all white. */
export function pngBomb(side: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(8 + body.length);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), 4 + body.length);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const row = Buffer.alloc(1 + Math.ceil(side / 8), 0xff);
  row[0] = 0;
  const rows = Buffer.alloc(row.length * side);
  for (let y = 0; y < side; y++) row.copy(rows, y * row.length);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(rows, { level: 1 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

/** A JPEG whose frame head claims another size, precision or number of colours. */
export function liedJpeg(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let at = 2; at + 9 < copy.length && copy[at] === 0xff; at += 2 + copy.readUInt16BE(at + 2)) {
    const marker = copy[at + 1]!;
    if (marker < 0xc0 || marker > 0xc2) continue;
    if (random.chance(0.7))
      copy.writeUInt16BE(random.pick([0, 1, 64, 3000, 65_535]), at + (random.chance(0.5) ? 5 : 7));
    else copy[random.pick([at + 4, at + 9, at + 11])] = random.whole(0, 255);
    break;
  }
  return new Uint8Array(copy);
}
