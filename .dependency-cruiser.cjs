// The import rules of AGENTS.md. scripts/check-imports.mjs fails when nothing was read.
const feature = '^server/features/([^/]+)/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contract-imports-zod-only',
      severity: 'error',
      from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^contract/', '^node_modules/zod/'] },
    },
    {
      name: 'engine-is-pure',
      severity: 'error',
      from: { path: '^engine/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|web|test|bench|scripts)/' },
    },
    {
      name: 'engine-has-no-io',
      severity: 'error',
      from: {
        path: '^engine/',
        // Recognition models, embedding models and the proposal's typeface are files of installed packages.
        pathNot: [
          '\\.test\\.ts$',
          '^engine/plan/raster/ocr',
          '^engine/catalog/embedding/',
          '^engine/interchange/pdf/fonts\\.ts$',
        ],
      },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|child_process|dgram|dns)$',
        dependencyTypes: ['core'],
      },
    },
    {
      name: 'platform-knows-no-features',
      severity: 'error',
      from: { path: '^server/platform/' },
      to: { path: '^server/(features|commands|app|stores|web-app|cli)' },
    },
    {
      name: 'features-meet-at-services',
      severity: 'error',
      from: { path: feature, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^server/features/([^/]+)/',
        pathNot: ['^server/features/$1/', '^server/features/[^/]+/service\\.ts$'],
      },
    },
    {
      name: 'only-app-wires-routes',
      severity: 'error',
      from: { pathNot: ['^server/app\\.ts$', '\\.test\\.ts$', '^server/commands/seed\\.ts$'] },
      to: { path: '^server/features/[^/]+/(routes|jobs)\\.ts$' },
    },
    {
      name: 'queries-stay-in-sql',
      severity: 'error',
      from: {
        path: '^server/features/',
        pathNot: [
          '/(sql|clickhouse)\\.ts$',
          '/sql/',
          '\\.test\\.ts$',
          '^server/features/(audit|happenings|track|model-metrics)\\.ts$',
        ],
      },
      to: { path: '^node_modules/kysely/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-knows-no-server',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|engine|bench|scripts)/', pathNot: '^engine/drawing/' },
    },
    {
      // Shared with the browser, so it draws what the exports draw.
      name: 'drawing-stays-small',
      severity: 'error',
      from: { path: '^engine/drawing/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^engine/drawing/', '^contract/'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:', '\\.css$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^web/dist', '\\.gen\\.ts$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
