// The SHA-256 of a multipart upload without its boundary, taken while the upload is read by whoever reads it.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

export interface UploadHash {
  /** Resolves when the upload has been read to its end; undefined where that does not happen within `wait_ms`. */
  whole(wait_ms: number): Promise<string | undefined>;
}

export function boundaryOf(request: FastifyRequest): string | undefined {
  const found = /boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(request.headers['content-type'] ?? '');
  return found?.[1] ?? found?.[2];
}

/** Listens to what others read; it neither starts nor slows the reading. */
export function hashUpload(raw: IncomingMessage, boundary: string): UploadHash {
  const hash = createHash('sha256');
  const mark = Buffer.from(boundary);
  let rest: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    let data = Buffer.concat([rest, chunk]);
    for (let at = data.indexOf(mark); at >= 0; at = data.indexOf(mark)) {
      hash.update(data.subarray(0, at)).update('\0boundary\0');
      data = data.subarray(at + mark.length);
    }
    // The end may be the beginning of a boundary.
    const certain = Math.max(0, data.length - mark.length + 1);
    hash.update(data.subarray(0, certain));
    rest = Buffer.from(data.subarray(certain));
  };
  const emit = raw.emit.bind(raw);
  raw.emit = ((event: string, ...values: unknown[]) => {
    if (event === 'data' && Buffer.isBuffer(values[0])) take(values[0]);
    return emit(event, ...values);
  }) as typeof raw.emit;
  return {
    whole: (wait_ms) =>
      new Promise((resolve) => {
        const end = () => resolve(hash.copy().update(rest).digest('hex'));
        if (raw.readableEnded) end();
        const timer = setTimeout(() => resolve(undefined), wait_ms);
        timer.unref();
        raw.once('end', end);
        raw.once('close', () => resolve(undefined));
      }),
  };
}
