// Shapes every area shares: ids, times, text limits, pages, problems.
import { z } from 'zod';

export const Id = z.uuid();
/** RFC 3339 in UTC. */
export const Time = z.iso.datetime({ offset: true });
/** A calendar day, YYYY-MM-DD. */
export const Day = z.iso.date();
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'an ISO 4217 code of three capital letters, for instance USD');
export const Money = z.number().min(-99_999_999_999).max(99_999_999_999);

/** One line of text without control characters, trimmed. */
export function line(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value), 'may not contain control characters');
}

/** Text of several lines; tabs and line ends allowed, other control characters not. */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => !/[^\P{Cc}\t\n\r]/u.test(value), 'may not contain control characters');
}

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  request_id: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  retry_after: z.number().optional(),
  /** With 412: the document as it stands now. */
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** A JSON object without a fixed shape. */
export const JsonObject = z.record(z.string(), z.unknown());
