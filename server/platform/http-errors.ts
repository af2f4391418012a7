// Any error as one a person can read: what the framework, the stores' drivers and the disk say, in our words. A store
// that is gone, slow or full is "unavailable" with a time to come back; what we do not know is "internal".
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type ErrorType, sqlState } from './errors.ts';

// What the framework and the database say of bad input, in our words.
const FRAMEWORK_ERRORS: Record<string, [ErrorType, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The body is larger than this address takes; send less at once.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_file', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed_request', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed_request', 'The body is empty; send a JSON object.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed_request',
    'The body is not as long as its Content-Length says.',
  ],
  // A part of the address longer than any id: no such thing.
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing at this address.'],
  FST_ERR_BAD_URL: ['malformed_request', 'The address is not a valid URL.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [
    'unsupported_file',
    'Send the file as multipart/form-data in a field named "file".',
  ],
  FST_FILES_LIMIT: ['invalid_input', 'Send one file at a time.'],
  FST_PARTS_LIMIT: ['invalid_input', 'The form has too many parts.'],
  FST_REQ_FILE_TOO_LARGE: ['too_large', 'The file is too large.'],
};

const DATABASE_ERRORS: Record<string, [ErrorType, string]> = {
  '23505': ['already_exists', 'There is one like this already.'],
  '23503': ['conflict', 'Something this refers to does not exist, or is still in use.'],
  '23514': ['invalid_input', 'A value is not one of those allowed.'],
  '22001': ['invalid_input', 'A text is too long.'],
  '22003': ['invalid_input', 'A number is out of range.'],
  '22P02': ['invalid_input', 'A value has the wrong form.'],
  '22P05': ['invalid_input', 'A text has a character that cannot be stored.'],
  '22021': ['invalid_input', 'A text has a character that cannot be stored.'],
  '42501': ['forbidden', 'You may not do this.'],
  '40001': ['conflict', 'Someone changed this at the same time; try again.'],
  '40P01': ['conflict', 'Someone changed this at the same time; try again.'],
  '57014': ['unavailable', 'This took too long; try again with less.'],
  '57P01': ['unavailable', 'The database is restarting; try again in a moment.'],
  '53300': ['unavailable', 'The database has no connection free; try again in a moment.'],
};

const RETRY_SECONDS = 5;
const DISK_RETRY_SECONDS = 60;

/** Any error as one a person can read; what we do not know is "internal" and tells nothing. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
    const fields = error.validation.map((issue) => ({
      path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || where,
      message: issue.message ?? 'is not valid',
    }));
    const first = fields[0];
    return new AppError('invalid_input', `The ${where} is not valid: ${first?.path}: ${first?.message}.`, {
      fields,
    });
  }
  const code = sqlState(error);
  const known = code === undefined ? undefined : (FRAMEWORK_ERRORS[code] ?? DATABASE_ERRORS[code]);
  if (known !== undefined) {
    return new AppError(known[0], known[1], {
      cause: error,
      ...(known[0] === 'unavailable' ? { retry_after: RETRY_SECONDS } : {}),
    });
  }
  if (isDiskTrouble(error)) {
    return new AppError(
      'unavailable',
      'Nothing more can be stored at the moment; try again in a minute, and tell an administrator if it stays.',
      { cause: error, retry_after: DISK_RETRY_SECONDS },
    );
  }
  if (code === 'EVENTS_FULL' || isConnectionTrouble(error)) {
    return new AppError(
      'unavailable',
      'A store is not reachable at the moment; try again in a few seconds.',
      { cause: error, retry_after: RETRY_SECONDS },
    );
  }
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500)
    return new AppError('malformed_request', 'The request could not be read.', { cause: error });
  return new AppError(
    'internal',
    'Something went wrong on our side; it has been noted. Try again, and tell us the request id if it stays.',
    { cause: error },
  );
}

const NETWORK_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['ENETUNREACH', 'ECONNABORTED', 'NR_CLOSED', 'ERR_STREAM_PREMATURE_CLOSE'],
]);
const DISK_CODES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);
/** ClickHouse: too many queries at once, timeout, its network, memory, readonly, disk full, too many parts, stopped. */
const CLICKHOUSE_BUSY = new Set([
  '202',
  '159',
  '209',
  '210',
  '241',
  '242',
  '243',
  '252',
  '394',
  '236',
  '499',
]);
/** What the drivers say, without a code, of a store that is gone, slow, starting or full. */
const UNREACHABLE =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|not queryable|Command timed out|max retries per request|Connection is closed|Stream isn't writeable|^(LOADING|READONLY|OOM|MASTERDOWN|MISCONF|TRYAGAIN|CLUSTERDOWN)\b|Timeout error\.|socket hang up/i;

/** True where a store is gone, slow or overloaded for now: trying again later is right. */
function isConnectionTrouble(error: unknown): boolean {
  const code = sqlState(error) ?? '';
  if (/^(08|28|53|57P)\w{2,3}$/.test(code) && code.length === 5) return true;
  if (NETWORK_CODES.has(code) || CLICKHOUSE_BUSY.has(code)) return true;
  if (!(error instanceof Error)) return false;
  if (UNREACHABLE.test(error.message)) return true;
  // The S3 client's own: no answer in time, or an answer that says "later".
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name: string };
  if (name === 'TimeoutError' || ($metadata?.httpStatusCode ?? 0) >= 500) return true;
  return error.cause !== undefined && error.cause !== error && isConnectionTrouble(error.cause);
}

/** True where this machine's or the store's disk takes nothing more. */
function isDiskTrouble(error: unknown): boolean {
  return DISK_CODES.has(sqlState(error) ?? '') || sqlState(error) === '53100';
}
