// What runs in the worker threads of exports and imports: writing a file from a document, reading a document from bytes.
import { randomUUID } from 'node:crypto';
import type { ExportFormat } from '../../../contract/exports.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { idsOf, withIds } from '../../../engine/interchange/project/ids.ts';
import { readProjectDocument } from '../../../engine/interchange/project/read.ts';
import type { WriteOptions, WriteTools, Written } from '../../../engine/interchange/writer.ts';
import { FORMATS } from './formats.ts';

export interface WriteInput {
  format: ExportFormat;
  document: ProjectDocument;
  options: WriteOptions;
}

export async function write({ format, document, options }: WriteInput, tools: WriteTools): Promise<Written> {
  const writer = await FORMATS[format].load();
  return await writer.write(document, options, tools);
}

export interface ReadProject {
  document: ProjectDocument;
  /** The project's id where the document was made. */
  source_project_id: string;
}

/** The document with new ids throughout: nothing of it can meet what is here already. */
export function read({ bytes }: { bytes: Uint8Array }): ReadProject {
  const document = readProjectDocument(bytes);
  const ids = new Map(idsOf(document).map((id) => [id.toLowerCase(), randomUUID() as string]));
  return { document: withIds(document, ids), source_project_id: document.project.id };
}
