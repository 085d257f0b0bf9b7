// Who may import whom: ARCHITECTURE.md, "Layers". Type imports count. `npm run lint` checks it.

/** From top to bottom: a file may import from its own line and from those below it. */
const LAYERS = [
  ['main.ts'],
  ['cli'],
  [
    ...['ingest.ts', 'prepare.ts', 'train.ts', 'tune.ts', 'evaluate.ts', 'publish.ts'],
    'publish-copy.ts',
    ...['serve.ts', 'pipeline.ts', 'explore.ts', 'drift.ts', 'map.ts', 'map-worker.ts'],
  ],
  ['server', 'web', 'embed'],
  ['api'],
  [
    ...['recommend', 'search', 'taste', 'title-map', 'explain', 'chat', 'import', 'poster'],
    ...['track', 'report', 'traffic', 'share'],
  ],
  ['metric'],
  ['model'],
  ['linalg'],
  ['source', 'data'],
  ['cloud'],
  ['home', 'net', 'watch'],
  ['config'],
  ['error.ts', 'progress.ts', 'program', 'first-letters.ts', 'time-slice.ts', 'late-check.ts'],
];

/** A pattern for these files and folders of src/. */
const within = (names) => `^src/(${names.map((name) => name.replace('.', '[.]')).join('|')})(/|$)`;

const neverUp = LAYERS.slice(1).map((layer, above) => ({
  name: `never-up-from-${layer[0].replace('.ts', '')}`,
  comment: `${layer.join(', ')}: imports go down, never up`,
  severity: 'error',
  from: { path: within(layer) },
  to: { path: within(LAYERS.slice(0, above + 1).flat()) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...neverUp,
    {
      name: 'every-file-has-a-layer',
      comment: 'A new file or folder of src/ needs a place in LAYERS',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: within(LAYERS.flat()) },
    },
    {
      name: 'no-cycle',
      comment: 'Files that import each other cannot be understood one at a time',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-cycle-of-folders',
      comment: 'Folders of one layer may use each other, but only one way',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { circular: true },
    },
    {
      name: 'browser-through-the-client',
      comment:
        'The page and the element reach the server only through the client, its types and plain constants',
      severity: 'error',
      from: { path: '^src/(web|embed)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(web|embed)/',
          '^src/api/((client|admin-client)[.]ts$|constants/)',
          '^src/data/(random|genres-ja|palette)[.]ts$',
          '^src/poster/drawn/',
          '^src/first-letters[.]ts$',
        ],
      },
    },
    {
      name: 'server-without-browser',
      comment: 'The server, the page and the element are built apart',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/(web|embed)/' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'What runs on a server is a dependency, not a devDependency',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(web|embed)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'cloud-client-in-one-file',
      comment: 'Another store needs one file beside google-store.ts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cloud/google-store[.]ts$' },
      to: { path: '@google-cloud/' },
    },
    {
      name: 'cloud-client-on-demand',
      comment: 'It takes 0.2 s and 30 MB to load: only where a gs:// address is used',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/cloud/google-store[.]ts$', dynamic: false },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'src-by-itself',
      comment: 'The product uses nothing of its tests and benchmarks',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/linalg/wasm/assembly/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
