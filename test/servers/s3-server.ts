// A local S3 server in this process, for tests only.

import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { S3Server } from './services.ts';

interface S3rverModule {
  default: new (options: {
    address: string;
    port: number;
    silent: boolean;
    directory: string;
    configureBuckets: { name: string; configs: string[] }[];
  }) => { run(): Promise<AddressInfo>; close(): Promise<void> };
}

const BUCKET = 'ofs-test';

export async function startS3rver(
  folder: string,
): Promise<{ server: S3Server; stop(): Promise<void> } | string> {
  const name = 's3rver';
  const loaded = await import(name).then(
    (module) => module as S3rverModule,
    () => undefined,
  );
  if (loaded === undefined) return 'the package s3rver is not installed (npm install)';
  await mkdir(folder, { recursive: true });
  const s3rver = new loaded.default({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  const { port } = await s3rver.run();
  return {
    server: {
      url: `http://127.0.0.1:${port}`,
      bucket: BUCKET,
      access_key_id: 'S3RVER',
      secret_access_key: 'S3RVER',
    },
    stop: () => s3rver.close(),
  };
}
