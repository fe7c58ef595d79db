// Who may import whom. The picture is in docs/architecture.md; this file is what holds it.
const engineOrder = [
  'kernels',
  'light',
  'skin',
  'photo',
  'maps',
  'region',
  'match',
  'plan',
  'outcome',
  'learn',
];

/** A stage of the engine may import stages before it, never one after it. */
const engineStages = engineOrder.map((stage, i) => ({
  name: `engine-${stage}-imports-only-earlier-stages`,
  severity: 'error',
  from: { path: `^packages/engine/${stage}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: `^packages/engine/(${engineOrder
      .slice(i + 1)
      .concat('work', 'words', 'bench', 'simulator')
      .join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: 'node_modules' } },
    },
    {
      name: 'engine-imports-nothing-above-it',
      severity: 'error',
      from: { path: '^packages/engine/' },
      to: { path: '^packages/(clinic|web)/' },
    },
    {
      name: 'clinic-imports-nothing-above-it',
      severity: 'error',
      from: { path: '^packages/clinic/' },
      to: { path: '^packages/web/' },
    },
    {
      name: 'engine-has-no-dependency',
      comment: 'Numbers only. Tools, benches and tests may use packages; work/ may use Node workers.',
      severity: 'error',
      from: { path: '^packages/engine/', pathNot: '^packages/engine/(bench|tools)/|\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'engine-is-pure',
      comment: 'No file, network or process in the engine outside work/, bench/, tools/ and tests.',
      severity: 'error',
      from: { path: '^packages/engine/', pathNot: '^packages/engine/(work|bench|tools)/|\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    ...engineStages,
    {
      name: 'clinic-rules-are-pure',
      comment: 'rules.ts and schema.ts take values and return values: no database, no platform, no Node.',
      severity: 'error',
      from: { path: '^packages/clinic/[^/]+/(rules|schema)\\.ts$' },
      to: { path: '(^packages/clinic/platform/|/(store|commands)\\.ts$)' },
    },
    {
      name: 'clinic-rules-are-browser-safe',
      severity: 'error',
      from: { path: '^packages/clinic/[^/]+/(rules|schema)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'clinic-stores-are-private',
      comment: "Another subject's store is private: ask its commands or rules.",
      severity: 'error',
      from: {
        path: '^packages/clinic/([^/]+)/',
        pathNot: '^packages/clinic/(sample|migrations)/|\\.test\\.ts$',
      },
      to: { path: '^packages/clinic/[^/]+/store\\.ts$', pathNot: '^packages/clinic/$1/' },
    },
    {
      name: 'platform-knows-no-subject',
      severity: 'error',
      from: { path: '^packages/clinic/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/clinic/(?!platform/|migrations/)' },
    },
    {
      name: 'migrations-import-no-app-code',
      severity: 'error',
      from: { path: '^packages/clinic/migrations/' },
      to: { path: '^packages/', pathNot: '^packages/clinic/migrations/' },
    },
    {
      name: 'web-asks-no-store',
      severity: 'error',
      from: { path: '^packages/web/' },
      to: { path: '^packages/clinic/[^/]+/store\\.ts$' },
    },
    {
      name: 'browser-code-sees-only-engine-rules-and-schema',
      comment: 'Files named *.client.ts(x), *.worker.ts and everything in app/ui run in the browser.',
      severity: 'error',
      from: { path: '^packages/web/app/(ui/|[a-zA-Z/-]+[.](client|worker)[.]tsx?$)' },
      to: { path: '^packages/clinic/', pathNot: '^packages/clinic/[^/]+/(rules|schema)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.react-router)/' },
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
