// Owns uploaded and produced files: one small interface over a local folder or an S3 bucket. Keys look like
// `floor-plans/<id>/original.dxf`; a key can never lead outside. A file is there whole or not at all.

import { openLocalFiles } from './files-local.ts';
import type { S3Options } from './files-s3.ts';
import type { Files } from './files-store.ts';

export type { FileData, FileStat, Files, FileTier, StoredFile } from './files-store.ts';

export type FilesOptions =
  | { mode: 'local'; folder: string; cold_folder?: string | undefined }
  | ({ mode: 's3' } & S3Options);

export async function openFiles(options: FilesOptions): Promise<Files> {
  if (options.mode === 'local') return openLocalFiles(options.folder, options.cold_folder);
  // The S3 client is large: loaded only where it is used.
  const { openS3Files } = await import('./files-s3.ts');
  return openS3Files(options);
}
