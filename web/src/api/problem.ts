// What went wrong, as the API says it (RFC 9457), or as the network does.
import type { z } from 'zod';
import type { Problem } from '../../../contract/common.ts';

export type ProblemDocument = z.infer<typeof Problem>;

/** An answer that is not a success. Status 0: no answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly field_errors: readonly { path: string; message: string }[];
  readonly request_id: string | undefined;
  /** With 412: the document as it stands now. */
  readonly current: unknown;

  constructor(document: ProblemDocument) {
    super(document.detail || document.title);
    this.name = 'ApiProblem';
    this.status = document.status;
    this.type = document.type;
    this.title = document.title;
    this.detail = document.detail;
    this.field_errors = document.errors ?? [];
    this.request_id = document.request_id;
    this.current = document.current;
  }

  /** The message for one field of a form, by its path in the request. */
  field(path: string): string | undefined {
    return this.field_errors.find((error) => error.path === path || error.path.endsWith(`.${path}`))?.message;
  }
}

/** The message for one field if `error` is a problem that names it. */
export function fieldError(error: unknown, path: string): string | undefined {
  return error instanceof ApiProblem ? error.field(path) : undefined;
}

/** One or two sentences for people: what happened and what to do. */
export function problemText(error: unknown): string {
  if (error instanceof ApiProblem) return error.detail || error.title;
  return error instanceof Error
    ? error.message
    : 'Something unexpected happened. Reload the page and try again.';
}
