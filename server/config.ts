// The environment, read once and checked. Nothing else in the server reads process.env.
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './platform/errors.ts';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '..');
export const VERSION = '0.1.0';

const flag = z
  .enum(['1', '0', 'true', 'false', 'yes', 'no'])
  .transform((value) => value === '1' || value === 'true' || value === 'yes');

const wholeNumber = z.coerce.number('must be a whole number').int('must be a whole number');

/** Every variable; docs/operations.md has a row for each. */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: wholeNumber.min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  OFS_DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  DATABASE_POOL: wholeNumber.min(1).max(200).default(10),
  DATABASE_TIMEOUT_SECONDS: wholeNumber.min(1).max(600).default(15),
  CLICKHOUSE_URL: z.url().optional(),
  CLICKHOUSE_DATABASE: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .default('default'),
  CLICKHOUSE_TIMEOUT_SECONDS: wholeNumber.min(1).max(600).default(20),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
  OFS_COLD_DIR: z.string().min(1).optional(),
  S3_COLD_STORAGE_CLASS: z
    .enum(['GLACIER_IR', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING'])
    .default('GLACIER_IR'),
  S3_BUCKET: z.string().min(3).optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  EVENTS_RECLAIM_SECONDS: wholeNumber.min(1).max(3600).default(60),
  WORKER_PORT: wholeNumber.min(1).max(65535).optional(),
  DRAIN_SECONDS: wholeNumber.min(0).max(300).default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('ofs'),
  OFS_FAULT_FILE: z.string().min(1).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).max(255).default('OFS platform <no-reply@localhost>'),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_ISSUER: z.url().default('https://accounts.google.com'),
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_ISSUER: z.url().default('https://login.microsoftonline.com/common/v2.0'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** How many proxies stand before us; true is one. */
  TRUST_PROXY: z.union([z.coerce.number<string>().int().min(0).max(10), flag.transform(Number)]).default(0),
  OFS_SEED_DEMO: flag.default(true),
  API_RATE_PER_MINUTE: wholeNumber.min(1).default(1200),
  SIGN_IN_RATE_PER_15_MINUTES: wholeNumber.min(1).default(30),
  /** Development only: webhooks may go to this machine, without a certificate. */
  WEBHOOKS_ALLOW_LOCAL: flag.default(false),
  ANTHROPIC_API_KEY: z.string().min(1).optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OFS_LLM_PROVIDER: z.enum(['anthropic', 'openai', 'compatible']).optional(),
  OFS_LLM_MODEL: z.string().min(1).max(100).optional(),
  OFS_LLM_BASE_URL: z.url().optional(),
  OFS_LLM_API_KEY: z.string().min(1).optional(),
  OFS_LLM_TIMEOUT_SECONDS: wholeNumber.min(1).max(110).default(30),
  OFS_LLM_PROJECT_USD_MONTH: z.coerce.number('must be a number').min(0).default(5),
  OFS_LLM_PROJECT_TOKENS_MONTH: wholeNumber.min(0).default(2_000_000),
  OFS_LLM_PRICE_INPUT: z.coerce.number('must be a number').min(0).optional(),
  OFS_LLM_PRICE_OUTPUT: z.coerce.number('must be a number').min(0).optional(),
  OFS_BACKUP_DAYS: wholeNumber.min(0).max(3650).default(35),
  GEOIP_DATABASE: z.string().min(1).optional(),
  MAX_UPLOAD_MB: wholeNumber.min(1).max(1000).default(100),
});

/** An OpenID Connect provider and this installation's registration with it. */
export interface ProviderSettings {
  issuer: string;
  client_id: string;
  client_secret: string;
}

/** A language model that reads messages beside the built-in reader; see docs/conversation.md. */
export interface LanguageModelSettings {
  provider: 'anthropic' | 'openai' | 'compatible';
  model: string;
  api_key: string | undefined;
  /** Undefined: the provider's own address. */
  base_url: string | undefined;
  /** For a whole answer, every round of it; seconds. */
  timeout_seconds: number;
  /** US dollars a project may use up since the first of the month (UTC), where the price is known. */
  project_usd_month: number;
  /** The same in tokens, where it is not. */
  project_tokens_month: number;
  /** US dollars for a million tokens. */
  price: { input: number; output: number } | null;
}

export interface Config {
  env: 'development' | 'production' | 'test';
  port: number;
  host: string;
  public_url: string | undefined;
  data_dir: string;
  postgres:
    | { mode: 'embedded'; path: string }
    | { mode: 'server'; url: string; pool: number; timeout_seconds: number };
  clickhouse:
    | { mode: 'embedded'; path: string }
    | { mode: 'server'; url: string; database: string; query_timeout_seconds: number };
  redis_url: string | undefined;
  files:
    | { mode: 'local'; folder: string; cold_folder: string }
    | {
        mode: 's3';
        bucket: string;
        endpoint: string | undefined;
        region: string;
        cold_storage_class: 'GLACIER_IR' | 'STANDARD_IA' | 'ONEZONE_IA' | 'INTELLIGENT_TIERING';
        access_key_id: string | undefined;
        secret_access_key: string | undefined;
      };
  /** With Redis: after this rest another process takes over the events of one that died; seconds. */
  events_reclaim_seconds: number;
  /** Where a worker answers for its health; undefined: nowhere. */
  worker_port: number | undefined;
  /** How long readiness fails before the server stops taking requests, so that a balancer notices; seconds. */
  drain_seconds: number;
  tracing: { endpoint: string; headers: string | undefined; service: string } | undefined;
  /** See platform/fault.ts; in tests only. */
  fault_file: string | undefined;
  /** Undefined: mail is kept in the data folder's mailbox. */
  smtp_url: string | undefined;
  mail_from: string;
  sign_in_providers: Partial<Record<'google' | 'microsoft', ProviderSettings>>;
  log_level: string;
  trust_proxy: number;
  seed_demo: boolean;
  api_rate_per_minute: number;
  sign_in_rate_per_15_minutes: number;
  /** A MaxMind database file (.mmdb) of cities; undefined: events have no place. */
  geoip_database: string | undefined;
  max_upload_bytes: number;
  /** How long backups are kept, in days: what an erasure's receipt says about them. */
  backup_days: number;
  webhooks_allow_local: boolean;
  /** Undefined: the built-in reader alone. */
  language_model: LanguageModelSettings | undefined;
}

/** Switched on by OFS_LLM_MODEL; which provider follows from the key that is set, unless it is named. */
function languageModelOf(e: z.infer<typeof Environment>): LanguageModelSettings | undefined {
  if (e.OFS_LLM_MODEL === undefined) return undefined;
  const provider =
    e.OFS_LLM_PROVIDER ??
    (e.ANTHROPIC_API_KEY
      ? 'anthropic'
      : e.OPENAI_API_KEY
        ? 'openai'
        : e.OFS_LLM_BASE_URL
          ? 'compatible'
          : null);
  if (provider === null)
    throw new AppError(
      'invalid_input',
      'OFS_LLM_MODEL names a language model, but nothing says where it is; set ANTHROPIC_API_KEY, OPENAI_API_KEY or OFS_LLM_BASE_URL.',
    );
  const own = { anthropic: e.ANTHROPIC_API_KEY, openai: e.OPENAI_API_KEY, compatible: undefined }[provider];
  const api_key = e.OFS_LLM_API_KEY ?? own;
  const lacks =
    provider === 'compatible'
      ? e.OFS_LLM_BASE_URL === undefined && 'OFS_LLM_BASE_URL'
      : api_key === undefined && `${provider.toUpperCase()}_API_KEY`;
  if (lacks)
    throw new AppError('invalid_input', `The language model provider ${provider} needs ${lacks}; set it.`);
  const { OFS_LLM_PRICE_INPUT: input, OFS_LLM_PRICE_OUTPUT: output } = e;
  if ((input === undefined) !== (output === undefined))
    throw new AppError(
      'invalid_input',
      'Set OFS_LLM_PRICE_INPUT and OFS_LLM_PRICE_OUTPUT together, or neither.',
    );
  return {
    provider,
    model: e.OFS_LLM_MODEL,
    api_key,
    base_url: e.OFS_LLM_BASE_URL?.replace(/\/+$/, ''),
    timeout_seconds: e.OFS_LLM_TIMEOUT_SECONDS,
    project_usd_month: e.OFS_LLM_PROJECT_USD_MONTH,
    project_tokens_month: e.OFS_LLM_PROJECT_TOKENS_MONTH,
    price: input === undefined || output === undefined ? null : { input, output },
  };
}

/** Reads the configuration; an unusable variable is one sentence naming it. */
export function readConfig(
  environment: Record<string, string | undefined>,
  overrides: { data_dir?: string; port?: number } = {},
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError(
      'invalid_input',
      `The environment variable ${issue?.path.join('.')} is not usable: ${issue?.message}.`,
    );
  }
  const e = parsed.data;
  const folder = overrides.data_dir ?? e.OFS_DATA_DIR;
  const data_dir = isAbsolute(folder) ? folder : resolve(folder);
  return {
    env: e.NODE_ENV,
    port: overrides.port ?? e.PORT,
    host: e.HOST,
    public_url: e.PUBLIC_URL,
    data_dir,
    postgres: e.DATABASE_URL
      ? {
          mode: 'server',
          url: e.DATABASE_URL,
          pool: e.DATABASE_POOL,
          timeout_seconds: e.DATABASE_TIMEOUT_SECONDS,
        }
      : { mode: 'embedded', path: join(data_dir, 'postgres') },
    clickhouse: e.CLICKHOUSE_URL
      ? {
          mode: 'server',
          url: e.CLICKHOUSE_URL,
          database: e.CLICKHOUSE_DATABASE,
          query_timeout_seconds: e.CLICKHOUSE_TIMEOUT_SECONDS,
        }
      : { mode: 'embedded', path: join(data_dir, 'clickhouse') },
    redis_url: e.REDIS_URL,
    files: e.S3_BUCKET
      ? {
          mode: 's3',
          bucket: e.S3_BUCKET,
          endpoint: e.S3_ENDPOINT,
          region: e.S3_REGION,
          cold_storage_class: e.S3_COLD_STORAGE_CLASS,
          access_key_id: e.S3_ACCESS_KEY_ID,
          secret_access_key: e.S3_SECRET_ACCESS_KEY,
        }
      : {
          mode: 'local',
          folder: join(data_dir, 'files'),
          cold_folder: resolve(e.OFS_COLD_DIR ?? join(data_dir, 'cold')),
        },
    events_reclaim_seconds: e.EVENTS_RECLAIM_SECONDS,
    worker_port: e.WORKER_PORT,
    drain_seconds: e.DRAIN_SECONDS,
    tracing: e.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: e.OTEL_EXPORTER_OTLP_HEADERS,
          service: e.OTEL_SERVICE_NAME,
        }
      : undefined,
    fault_file: e.NODE_ENV === 'test' ? e.OFS_FAULT_FILE : undefined,
    smtp_url: e.SMTP_URL,
    mail_from: e.MAIL_FROM,
    sign_in_providers: {
      ...(e.GOOGLE_CLIENT_ID && e.GOOGLE_CLIENT_SECRET
        ? {
            google: {
              issuer: e.GOOGLE_ISSUER,
              client_id: e.GOOGLE_CLIENT_ID,
              client_secret: e.GOOGLE_CLIENT_SECRET,
            },
          }
        : {}),
      ...(e.MICROSOFT_CLIENT_ID && e.MICROSOFT_CLIENT_SECRET
        ? {
            microsoft: {
              issuer: e.MICROSOFT_ISSUER,
              client_id: e.MICROSOFT_CLIENT_ID,
              client_secret: e.MICROSOFT_CLIENT_SECRET,
            },
          }
        : {}),
    },
    log_level: e.LOG_LEVEL,
    trust_proxy: e.TRUST_PROXY,
    seed_demo: e.OFS_SEED_DEMO,
    api_rate_per_minute: e.API_RATE_PER_MINUTE,
    sign_in_rate_per_15_minutes: e.SIGN_IN_RATE_PER_15_MINUTES,
    backup_days: e.OFS_BACKUP_DAYS,
    geoip_database: e.GEOIP_DATABASE,
    max_upload_bytes: e.MAX_UPLOAD_MB * 1024 * 1024,
    webhooks_allow_local: e.WEBHOOKS_ALLOW_LOCAL && e.NODE_ENV !== 'production',
    language_model: languageModelOf(e),
  };
}
