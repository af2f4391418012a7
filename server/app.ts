// The only place that wires: opens the stores, builds every feature from explicit dependencies, adds their routes and jobs.
import { existsSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import { type Config, ROOT } from './config.ts';
import { accountAdminRoutes } from './features/accounts/admin.routes.ts';
import { accountRoutes, type DemoSignIn, SESSION_COOKIE } from './features/accounts/routes.ts';
import { type Accounts, makeAccounts, SendMail } from './features/accounts/service.ts';
import { adminRoutes } from './features/admin/routes.ts';
import { makeAdmin } from './features/admin/service.ts';
import { startRelay } from './features/analytics/relay.ts';
import { analyticsRoutes } from './features/analytics/routes.ts';
import { type Analytics, makeAnalytics } from './features/analytics/service.ts';
import { brandingRoutes } from './features/branding/routes.ts';
import { type Branding, makeBranding } from './features/branding/service.ts';
import { type CatalogImports, makeCatalogImports, RunCatalogImport } from './features/catalog/imports.ts';
import { type CatalogOptions, makeCatalogOptions } from './features/catalog/options.ts';
import {
  ApplyPrices,
  type CatalogPrices,
  makeCatalogPrices,
  PRICES_SCHEDULE,
} from './features/catalog/prices.ts';
import { catalogRoutes } from './features/catalog/routes.ts';
import { type Catalog, makeCatalog } from './features/catalog/service.ts';
import { commentRoutes } from './features/comments/routes.ts';
import { type Comments, makeComments } from './features/comments/service.ts';
import type { Deps } from './features/context.ts';
import { conversationRoutes } from './features/conversations/routes.ts';
import { type Conversations, makeConversations } from './features/conversations/service.ts';
import { exportRoutes } from './features/exports/routes.ts';
import {
  EXPIRY_SCHEDULE,
  ExpireExports,
  type Exports,
  MakeExport,
  makeExports,
} from './features/exports/service.ts';
import { makeRestorePlan, restorePlanRoute } from './features/floorplans/restore.ts';
import { floorPlanRoutes } from './features/floorplans/routes.ts';
import { type FloorPlans, makeFloorPlans, ReadPlan, RoomsChanged } from './features/floorplans/service.ts';
import { learningRoutes } from './features/learning/routes.ts';
import {
  COLLECT_SCHEDULE,
  CollectFeedback,
  type Learning,
  makeLearning,
  TRAIN_SCHEDULE,
  TrainRanking,
} from './features/learning/service.ts';
import { type Live, makeLive } from './features/live.ts';
import { organizationRoutes } from './features/organizations/routes.ts';
import { makeOrganizations, type Organizations } from './features/organizations/service.ts';
import { privacyRoutes } from './features/privacy/routes.ts';
import {
  ErasePerson,
  MakePersonExport,
  makePrivacy,
  PRIVACY_SCHEDULE,
  type Privacy,
  PrivacySweep,
} from './features/privacy/service.ts';
import { projectRoutes } from './features/projects/routes.ts';
import { makeProjects, type Projects } from './features/projects/service.ts';
import { versionRoutes } from './features/projects/versions.routes.ts';
import { makeVersions, type Versions } from './features/projects/versions.ts';
import { recommendationRoutes } from './features/recommendations/routes.ts';
import {
  ComposeRecommendation,
  makeRecommendations,
  type Recommendations,
} from './features/recommendations/service.ts';
import { renderRoutes } from './features/renders/routes.ts';
import { makeRenders, type Renders } from './features/renders/service.ts';
import { retentionRoutes } from './features/retention/routes.ts';
import {
  makeRetention,
  RETENTION_SCHEDULE,
  type Retention,
  RunRetention,
} from './features/retention/service.ts';
import { sharedRoutes, sharingRoutes } from './features/sharing/routes.ts';
import { makeSharing, type Sharing } from './features/sharing/service.ts';
import { makeVisits, type Visits } from './features/sharing/visit.ts';
import { webhookRoutes } from './features/webhooks/routes.ts';
import {
  makeWebhooks,
  PRUNE_SCHEDULE,
  PruneWebhooks,
  TellWebhook,
  type Webhooks,
} from './features/webhooks/service.ts';
import { openClickHouse } from './platform/clickhouse.ts';
import { pageSender } from './platform/content-policy.ts';
import { AppError } from './platform/errors.ts';
import { openEvents } from './platform/events.ts';
import { armFaults } from './platform/fault.ts';
import { openFiles } from './platform/files.ts';
import { makeServer, type Server } from './platform/http.ts';
import { addIdempotency } from './platform/idempotency.ts';
import { openJobs } from './platform/jobs.ts';
import { openKv } from './platform/kv.ts';
import { lockFolder } from './platform/lock.ts';
import { openMailbox, openSmtp, readMailbox } from './platform/mail.ts';
import { migrateUp, migrationStatus } from './platform/migrate.ts';
import { addOpenApi } from './platform/openapi.ts';
import { openPostgres } from './platform/postgres.ts';
import { addProbes, type Probed, serveProbes } from './platform/probes.ts';
import { type Logger, makeMetrics } from './platform/telemetry.ts';
import { startTracing } from './platform/tracing.ts';

export const VERSION = '0.1.0';

export interface Features {
  accounts: Accounts;
  organizations: Organizations;
  projects: Projects;
  floorPlans: FloorPlans;
  conversations: Conversations;
  catalog: Catalog;
  catalogImports: CatalogImports;
  catalogPrices: CatalogPrices;
  catalogOptions: CatalogOptions;
  recommendations: Recommendations;
  analytics: Analytics;
  retention: Retention;
  privacy: Privacy;
  exports: Exports;
  learning: Learning;
  versions: Versions;
  comments: Comments;
  sharing: Sharing;
  visits: Visits;
  renders: Renders;
  webhooks: Webhooks;
  branding: Branding;
  live: Live;
}

export interface App {
  deps: Deps;
  features: Features;
  /** Begins to run jobs here (or only to queue them) and to pass events on. */
  startWork(options: { work: boolean }): Promise<void>;
  /** Builds the HTTP server with every route. */
  makeHttp(options: { demo: () => DemoSignIn | null }): Promise<Server>;
  /** Serves health, readiness and metrics alone, for a process without HTTP; resolves to the port. */
  serveProbes(at: { host: string; port: number }): Promise<number>;
  /** From now on the process is not ready, though it still answers. */
  drain(): void;
  close(): Promise<void>;
}

/**
 * Opens every store of the profile and migrates them, under the lock of the data folder where something is kept in it
 * that only one process may use: an embedded store, or the event journal that stands in for Redis.
 */
export async function openStores(
  config: Config,
  log: Logger,
  now: () => Date = () => new Date(),
  { migrate = true }: { migrate?: boolean } = {},
): Promise<{ deps: Deps; close: () => Promise<void> }> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.reverse())
      await Promise.resolve(closer()).catch((error: unknown) =>
        log.error({ error: String(error) }, 'closing'),
      );
    closers.length = 0;
  };
  try {
    armFaults(config.fault_file);
    if (config.tracing !== undefined) {
      closers.push(
        await startTracing({
          ...config.tracing,
          onError: (error) => log.warn({ error: error.message }, 'traces were not sent'),
        }),
      );
    }
    if (
      config.postgres.mode === 'embedded' ||
      config.clickhouse.mode === 'embedded' ||
      config.redis_url === undefined
    ) {
      closers.push(lockFolder(config.data_dir, process.argv.slice(2).join(' ') || 'ofs'));
    }
    const [postgres, clickhouse] = await Promise.all([
      openPostgres(config.postgres),
      openClickHouse(config.clickhouse),
    ]);
    closers.push(
      () => postgres.close(),
      () => clickhouse.close(),
    );
    if (migrate) await bringUpToDate({ postgres, clickhouse, folder: join(ROOT, 'migrations') });
    const kv = await openKv(
      config.redis_url === undefined ? { mode: 'memory' } : { mode: 'redis', url: config.redis_url },
    );
    closers.push(() => kv.close());
    const files = await openFiles(
      config.files.mode === 'local'
        ? config.files
        : {
            mode: 's3',
            bucket: config.files.bucket,
            region: config.files.region,
            cold_storage_class: config.files.cold_storage_class,
            ...(config.files.endpoint === undefined ? {} : { endpoint: config.files.endpoint }),
            ...(config.files.access_key_id === undefined
              ? {}
              : { access_key_id: config.files.access_key_id }),
            ...(config.files.secret_access_key === undefined
              ? {}
              : { secret_access_key: config.files.secret_access_key }),
          },
    );
    closers.push(() => files.close());
    const events = await openEvents({
      clickhouse,
      onError: (error) => log.warn({ error: error.message }, 'events wait to be inserted'),
      ...(config.redis_url === undefined
        ? { mode: 'journal', folder: join(config.data_dir, 'events') }
        : {
            mode: 'redis',
            url: config.redis_url,
            reclaim_ms: config.events_reclaim_seconds * 1000,
          }),
    });
    closers.push(() => events.close());
    const jobs = openJobs(postgres, log);
    return { deps: { config, postgres, clickhouse, kv, files, jobs, events, log, now }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Running jobs get this long when the process stops. */
const STOP_MS = 10_000;
const MIGRATION_WAIT_MS = 60_000;

/** Several processes may start at once: one migrates, the others wait for it. */
async function bringUpToDate(stores: Parameters<typeof migrateUp>[0]): Promise<void> {
  const deadline = Date.now() + MIGRATION_WAIT_MS;
  for (;;) {
    const status = await migrationStatus(stores);
    if ([...status.postgres, ...status.clickhouse].every((migration) => migration.applied_at !== null))
      return;
    try {
      await migrateUp(stores);
      return;
    } catch (error) {
      if (!(error instanceof AppError && /Another migrator/.test(error.message)) || Date.now() > deadline)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Rejects while a migration of this program is missing in a store. */
async function assertMigrated(stores: Parameters<typeof migrateUp>[0]): Promise<void> {
  const status = await migrationStatus(stores);
  if ([...status.postgres, ...status.clickhouse].some((one) => one.applied_at === null))
    throw new Error('Migrations are pending.');
}

export function makeFeatures(deps: Deps): Features {
  const live = makeLive(deps.kv, deps.now);
  const organizations = makeOrganizations(deps);
  const projects = makeProjects(deps, live);
  const floorPlans = makeFloorPlans(deps, live);
  const recommendations = makeRecommendations(deps, live, organizations);
  const catalog = makeCatalog(deps);
  const conversations = makeConversations(deps, live, recommendations, catalog);
  const renders = makeRenders(deps, { floorPlans, recommendations, catalog });
  const exports = makeExports(deps, live, { projects, floorPlans, conversations, recommendations, renders });
  const comments = makeComments(deps, live);
  return {
    live,
    accounts: makeAccounts(deps),
    organizations,
    projects,
    floorPlans,
    conversations,
    catalog,
    catalogImports: makeCatalogImports(deps),
    catalogPrices: makeCatalogPrices(deps),
    catalogOptions: makeCatalogOptions(deps),
    recommendations,
    analytics: makeAnalytics(deps),
    learning: makeLearning(deps, organizations),
    retention: makeRetention(deps),
    privacy: makePrivacy(deps),
    exports,
    versions: makeVersions(deps, live),
    comments,
    sharing: makeSharing(deps, live),
    visits: makeVisits(deps, live, { exports, comments, projects }),
    renders,
    webhooks: makeWebhooks(deps, organizations),
    branding: makeBranding(deps, organizations),
  };
}

export async function openApp(config: Config, log: Logger, now?: () => Date): Promise<App> {
  const opened = await openStores(config, log, now);
  try {
    return assemble(opened, config, log);
  } catch (error) {
    // Open stores would keep the process alive behind the error.
    await opened.close();
    throw error;
  }
}

function assemble({ deps, close }: Awaited<ReturnType<typeof openStores>>, config: Config, log: Logger): App {
  const features = makeFeatures(deps);
  const mailFolder = join(config.data_dir, 'mail');
  const mailer =
    config.smtp_url === undefined
      ? openMailbox(mailFolder, deps.now)
      : openSmtp(config.smtp_url, config.mail_from);
  const metrics = makeMetrics();
  let server: Server | undefined;
  let relay: { stop(): Promise<void> } | undefined;
  let probes: HttpServer | undefined;
  let stopping = false;
  let migrated = false;
  const stores = { postgres: deps.postgres, clickhouse: deps.clickhouse, folder: join(ROOT, 'migrations') };
  const probed: Probed = {
    ...deps,
    stopping: () => stopping,
    schema: async () => {
      if (!migrated) await assertMigrated(stores);
      migrated = true;
    },
  };
  const admin = makeAdmin(deps, probed, VERSION, features.accounts);
  let webhooks: { stop(): Promise<void> } | undefined;

  deps.jobs.register(SendMail, (mail) => mailer.send(mail));
  deps.jobs.register(ReadPlan, (job, run) => features.floorPlans.readPlan(job, run));
  deps.jobs.register(RunCatalogImport, (job, run) => features.catalogImports.run(job, run));
  deps.jobs.register(
    ApplyPrices,
    async () => {
      await features.catalogPrices.apply();
      await features.catalogImports.forget();
    },
    { cron: PRICES_SCHEDULE, payload: {} },
  );
  deps.jobs.register(RoomsChanged, (job) => features.recommendations.roomsChanged(job));

  deps.jobs.register(ComposeRecommendation, (job, run) => features.recommendations.compose(job, run));
  deps.jobs.register(RunRetention, (job, run) => features.retention.work(job, run), {
    cron: RETENTION_SCHEDULE,
    payload: { run_id: null },
  });

  deps.jobs.register(MakePersonExport, (job, run) => features.privacy.makeExport(job, run));
  deps.jobs.register(ErasePerson, (job, run) => features.privacy.work(job, run));
  deps.jobs.register(PrivacySweep, () => features.privacy.sweep(), { cron: PRIVACY_SCHEDULE, payload: {} });

  deps.jobs.register(
    CollectFeedback,
    async (_job, run) => {
      await features.learning.collect(run);
    },
    { cron: COLLECT_SCHEDULE, payload: {} },
  );
  deps.jobs.register(TrainRanking, (job, run) => features.learning.work(job, run), {
    cron: TRAIN_SCHEDULE,
    payload: { run_id: null },
  });
  deps.jobs.register(MakeExport, (job, run) => features.exports.make(job, run));
  deps.jobs.register(
    ExpireExports,
    async () => {
      await features.exports.expire();
    },
    { cron: EXPIRY_SCHEDULE, payload: {} },
  );
  deps.jobs.register(TellWebhook, (job, run) => features.webhooks.tell(job, run));
  deps.jobs.register(PruneWebhooks, () => features.webhooks.prune(), { cron: PRUNE_SCHEDULE, payload: {} });

  return {
    deps,
    features,
    async startWork({ work }) {
      await deps.jobs.start({ work });
      relay ??= startRelay(deps.postgres, deps.events, log);
      webhooks = features.webhooks.startDispatch();
    },
    async makeHttp({ demo }) {
      const authenticate = (request: FastifyRequest) => {
        const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
        return features.accounts.authenticate(request.cookies[SESSION_COOKIE], bearer);
      };
      server = await makeServer({
        logger: log,
        kv: deps.kv,
        metrics,
        trust_proxy: config.trust_proxy,
        public_url: config.public_url,
        api_rate_per_minute: config.api_rate_per_minute,
        max_upload_bytes: config.max_upload_bytes,
        authenticate,
        now: deps.now,
      });
      addIdempotency(server, deps.postgres, deps.now);
      await addOpenApi(server, VERSION);
      addProbes(server, probed, metrics);
      accountRoutes(server, features.accounts, demo);
      accountAdminRoutes(
        server,
        features.accounts,
        config.smtp_url === undefined ? readMailbox(mailFolder) : undefined,
      );
      organizationRoutes(server, features.organizations);
      projectRoutes(server, features.projects, features.live, features.accounts, features.retention);
      versionRoutes(server, features.projects, features.versions);
      commentRoutes(server, features.comments);
      sharingRoutes(server, features.sharing);
      sharedRoutes(server, features.visits);
      floorPlanRoutes(server, features.floorPlans);
      restorePlanRoute(server, makeRestorePlan(deps, features.live));
      conversationRoutes(server, features.conversations);
      catalogRoutes(server, features);
      recommendationRoutes(server, features.recommendations);
      analyticsRoutes(server, features.analytics);
      learningRoutes(server, features.learning);
      retentionRoutes(server, features.retention);
      privacyRoutes(server, features.privacy);
      adminRoutes(server, admin);
      exportRoutes(server, features.exports);
      renderRoutes(server, features.renders);
      webhookRoutes(server, features.webhooks);
      brandingRoutes(server, features.branding);
      await addWebApp(server);
      await server.ready();
      return server;
    },
    async serveProbes(at) {
      probes = await serveProbes(probed, metrics, at);
      const address = probes.address();
      return typeof address === 'object' && address !== null ? address.port : at.port;
    },
    drain() {
      stopping = true;
    },
    async close() {
      stopping = true;
      await server?.close();
      await webhooks?.stop();
      await deps.jobs.stop(STOP_MS);
      await relay?.stop();
      probes?.close();
      probes?.closeAllConnections();
      await close();
    },
  };
}

/** The built web app; every address that is not a file or the API is one of its pages. */
async function addWebApp(server: Server): Promise<void> {
  const folder = join(ROOT, 'web', 'dist');
  if (!existsSync(join(folder, 'index.html'))) return;
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const page = { schema: { hide: true }, config: { auth: 'public', rate_limit: 'none' } } as const;
  const send = pageSender(join(folder, 'index.html'));
  server.get('/', page, (_request, reply) => send(reply));
  server.get('/*', page, (request, reply) => {
    if (request.url.startsWith('/api/') || /\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? ''))
      return reply.callNotFound();
    // The page of a share link is in no search engine, and no other site learns its address.
    if (request.url.startsWith('/shared/'))
      reply.header('x-robots-tag', 'noindex, nofollow').header('referrer-policy', 'no-referrer');
    return send(reply);
  });
}
