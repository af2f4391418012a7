// Owns files in an S3 bucket, Amazon's or any that speaks its protocol. Data of unknown length goes up in parts of
// eight megabytes, so memory stays flat; an upload that fails is taken back.

import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { faultPoint } from './fault.ts';
import { assertKey, assertPrefix, type FileStat, type Files, measured, missingFile } from './files-store.ts';

/** Storage classes for cold files that can still be read at once. */
export const COLD_STORAGE_CLASSES = [
  'GLACIER_IR',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
] as const;
export type ColdStorageClass = (typeof COLD_STORAGE_CLASSES)[number];

export interface S3Options {
  bucket: string;
  cold_storage_class?: ColdStorageClass | undefined;
  /** For servers other than Amazon's, for instance http://127.0.0.1:9000. */
  endpoint?: string | undefined;
  region?: string | undefined;
  /** Without these the SDK looks where it always looks (environment, profile, machine role). */
  access_key_id?: string | undefined;
  secret_access_key?: string | undefined;
}

const PART_BYTES = 8 * 1024 * 1024;

export async function openS3Files(options: S3Options): Promise<Files> {
  const { bucket: Bucket } = options;
  const client = new S3Client({
    region: options.region ?? 'us-east-1',
    // Three tries, each given up when nothing comes for ten seconds: a store that is gone is told, not waited for.
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, socketTimeout: 10_000 },
    ...(options.endpoint === undefined
      ? {}
      : {
          endpoint: options.endpoint,
          forcePathStyle: true,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
        }),
    ...(options.access_key_id === undefined || options.secret_access_key === undefined
      ? {}
      : { credentials: { accessKeyId: options.access_key_id, secretAccessKey: options.secret_access_key } }),
  });

  const open = async (key: string): Promise<Readable> => {
    assertKey(key);
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
      return Body as Readable;
    } catch (error) {
      throw isMissing(error) ? missingFile(key, error) : error;
    }
  };

  const files: Files = {
    mode: 's3',
    async put(key, data, { content_type }) {
      assertKey(key);
      const { chunks, result } = measured(data);
      await upload(client, Bucket, key, content_type, chunks);
      await faultPoint('files.stored');
      return result();
    },
    get: open,
    async read(key) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of await open(key)) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
    async stat(key) {
      assertKey(key);
      try {
        return statOf(key, await client.send(new HeadObjectCommand({ Bucket, Key: key })));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async delete(key) {
      assertKey(key);
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    },
    async *list(prefix) {
      assertPrefix(prefix);
      let after: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, ...(after && { ContinuationToken: after }) }),
        );
        for (const { Key } of page.Contents ?? []) {
          const found = Key === undefined ? undefined : await files.stat(Key);
          if (found !== undefined) yield found;
        }
        after = page.NextContinuationToken;
      } while (after !== undefined);
    },
    async setTier(key, tier) {
      const found = await files.stat(key);
      if (found === undefined) throw missingFile(key);
      await client.send(
        new CopyObjectCommand({
          Bucket,
          Key: key,
          CopySource: `${Bucket}/${key}`,
          MetadataDirective: 'REPLACE',
          ContentType: found.content_type,
          StorageClass: tier === 'hot' ? 'STANDARD' : (options.cold_storage_class ?? 'GLACIER_IR'),
        }),
      );
    },
    async ping() {
      try {
        await client.send(new HeadBucketCommand({ Bucket }));
      } catch (error) {
        throw new Error(`The bucket ${Bucket} does not answer: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    async close() {
      client.destroy();
    },
  };
  return files;
}

function statOf(
  key: string,
  head: {
    ContentLength?: number | undefined;
    ContentType?: string | undefined;
    LastModified?: Date | undefined;
    StorageClass?: string | undefined;
  },
): FileStat {
  return {
    key,
    size: head.ContentLength ?? 0,
    content_type: head.ContentType ?? 'application/octet-stream',
    modified_at: head.LastModified ?? new Date(0),
    tier: head.StorageClass === undefined || head.StorageClass === 'STANDARD' ? 'hot' : 'cold',
  };
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404;
}

async function upload(
  client: S3Client,
  Bucket: string,
  Key: string,
  ContentType: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const parts = inParts(chunks);
  const first = await parts.next();
  const second = first.done ? first : await parts.next();
  if (second.done) {
    const Body = first.done ? Buffer.alloc(0) : first.value;
    await client.send(new PutObjectCommand({ Bucket, Key, ContentType, Body }));
    return;
  }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }));
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
    const send = async (Body: Buffer) => {
      const PartNumber = Parts.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      Parts.push({ ETag, PartNumber });
    };
    await send(first.value!);
    await send(second.value);
    for await (const part of parts) await send(part);
    await client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined);
    throw error;
  }
}

/** The same bytes in pieces of PART_BYTES; only the last may be smaller. */
async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (size + rest.length >= PART_BYTES) {
      const head = rest.subarray(0, PART_BYTES - size);
      yield Buffer.concat([...held, head]);
      rest = rest.subarray(head.length);
      held = [];
      size = 0;
    }
    if (rest.length > 0) {
      held.push(rest);
      size += rest.length;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
