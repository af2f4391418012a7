/** What a writer of an export is: a project document in, the file's bytes and a list of what is missing from it out. */
import type { SifDialect } from '../../contract/exports.ts';
import type { LeftOut, ProjectDocument } from '../../contract/project-document.ts';

export interface WriteOptions {
  /** The scenario whose bill is written; null where the project has none. */
  scenario_id: string | null;
  /** Parts to write, of those the format is registered with; never empty where the format has parts. */
  parts: readonly string[];
  dialect: SifDialect;
  paper: 'A4' | 'Letter';
  units: 'imperial' | 'metric';
  /** Proposal: every price, the totals alone, or none. */
  prices?: 'lines' | 'totals' | 'none';
  /** Proposal: pictures of the 3D view, newest first. */
  pictures?: readonly { name: string; content_type: string; bytes: Uint8Array }[];
}

export interface WriteTools {
  /** `done` is 0 to 1; the note says in a few words what is being written. */
  onProgress(done: number, note: string): void;
}

export interface Written {
  bytes: Uint8Array;
  left_out: LeftOut[];
}

/** Runs in a worker thread. The document is already cut to its audience: what is not in it may not be in the file. */
export type DocumentWriter = (
  document: ProjectDocument,
  options: WriteOptions,
  tools: WriteTools,
) => Written | Promise<Written>;

/** The file given cannot be written or read, in a sentence for the person. */
export class InterchangeError extends Error {
  readonly code: 'not_this_format' | 'other_version' | 'malformed' | 'too_large' | 'nothing_to_write';
  constructor(code: InterchangeError['code'], message: string) {
    super(message);
    this.name = 'InterchangeError';
    this.code = code;
  }
}
