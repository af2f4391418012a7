// The only place that wires: builds every feature from explicit dependencies, adds their routes and jobs.
import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { type Config, ROOT, VERSION } from './config.ts';
import { accountAdminRoutes } from './features/accounts/admin.routes.ts';
import { accountRoutes, type DemoSignIn, sessionCookieOf } from './features/accounts/routes.ts';
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
import { bearerOf, makeServer, type Server } from './platform/http.ts';
import { addIdempotency } from './platform/idempotency.ts';
import { openMailbox, openSmtp, readMailbox } from './platform/mail.ts';
import { addOpenApi } from './platform/openapi.ts';
import { addProbes, type Probed, serveProbes } from './platform/probes.ts';
import { type Logger, makeMetrics } from './platform/telemetry.ts';
import { assertMigrated, openStores } from './stores.ts';
import { addWebApp } from './web-app.ts';

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

/** Running jobs get this long when the process stops. */
const STOP_MS = 10_000;

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
        return features.accounts.authenticate(sessionCookieOf(request), bearerOf(request));
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
