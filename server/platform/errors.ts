// The one error type a person can cause: a stable type, a status, and a sentence saying what, where and what to do.
// Everything else is a fault of ours: logged whole, answered as "internal".

export interface FieldProblem {
  path: string;
  message: string;
}

const STATUS = {
  invalid_input: 400,
  malformed_request: 400,
  not_signed_in: 401,
  plan_limit: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_exists: 409,
  stale_revision: 412,
  too_large: 413,
  unsupported_file: 415,
  unreadable_file: 422,
  key_reused: 422,
  infeasible: 422,
  too_many_requests: 429,
  cancelled: 409,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorType = keyof typeof STATUS;

const TITLE: Record<ErrorType, string> = {
  invalid_input: 'The input is not valid',
  malformed_request: 'The request could not be read',
  not_signed_in: 'You are not signed in',
  plan_limit: 'The plan does not allow more',
  forbidden: 'You may not do this',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'This conflicts with the present state',
  already_exists: 'This exists already',
  stale_revision: 'Someone changed this in the meantime',
  too_large: 'Too large',
  unsupported_file: 'This kind of file is not supported',
  unreadable_file: 'The file could not be read',
  key_reused: 'This key was used for something else',
  infeasible: 'No solution keeps every limit',
  too_many_requests: 'Too many requests',
  cancelled: 'Cancelled',
  internal: 'Something went wrong on our side',
  unavailable: 'Temporarily unavailable',
};

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  request_id?: string;
  errors?: FieldProblem[];
  retry_after?: number;
  /** With 412: the document as it stands now. */
  current?: unknown;
}

export class AppError extends Error {
  readonly type: ErrorType;
  readonly fields: FieldProblem[];
  readonly retry_after: number | undefined;
  /** The document as it stands, where the caller's was an older one. */
  readonly current: unknown;

  /** `detail` is one sentence for the person: what, where, what to do. */
  constructor(
    type: ErrorType,
    detail: string,
    options: { fields?: FieldProblem[]; retry_after?: number; cause?: unknown; current?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.type = type;
    this.fields = options.fields ?? [];
    this.retry_after = options.retry_after;
    this.current = options.current;
  }

  get status(): number {
    return STATUS[this.type];
  }
}

/** The RFC 9457 document of an error; `type` is a stable relative reference described in the API documentation. */
export function problemOf(error: AppError, requestId?: string): Problem {
  return {
    type: `/problems/${error.type.replaceAll('_', '-')}`,
    title: TITLE[error.type],
    status: error.status,
    detail: error.message,
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    ...(error.retry_after === undefined ? {} : { retry_after: error.retry_after }),
    ...(error.current === undefined ? {} : { current: error.current }),
  };
}

export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}, or you may not see it.`);
}

/** PostgreSQL's SQLSTATE of a driver error; both drivers set `code`, their classes differ. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return undefined;
}
