/**
 * The Jenkinsfile, executed by Groovy 2.4 (the version that Jenkins has) with declarative.groovy in Jenkins' place: its
 * "sh" runs the scripts, in dry-run mode but for those that a test wants to see fail.
 */
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { have, run, type Settings, Workspace } from './workspace.ts';

const JENKINSFILE = 'deploy/jenkins/Jenkinsfile';
const RUNNER = join(import.meta.dirname, 'declarative.groovy');
const REPOSITORY = 'europe-west1-docker.pkg.dev/my-project/osusume';
/** what jenkins.yaml gives every build */
const NODE = {
  GOOGLE_CLOUD_PROJECT: 'my-project',
  GKE_CLUSTER: 'osusume',
  GKE_LOCATION: 'europe-west1',
  IMAGE_REPOSITORY: REPOSITORY,
  BUCKET: 'gs://my-bucket/osusume',
};

interface Event {
  readonly stage: string;
  readonly event: string;
  readonly script?: string;
  readonly status?: number | string;
  readonly environment?: readonly string[];
  readonly name?: string;
  readonly limit?: { readonly time: number; readonly unit: string };
  readonly condition?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly label?: string;
  readonly result?: string;
}

interface JenkinsConfiguration {
  readonly jenkins: {
    readonly labelString: string;
    readonly securityRealm: { readonly local: { readonly allowsSignup: boolean } };
    readonly authorizationStrategy: {
      readonly loggedInUsersCanDoAnything: { readonly allowAnonymousRead: boolean };
    };
    readonly globalNodeProperties: readonly [
      { readonly envVars: { readonly env: readonly { readonly key: string }[] } },
    ];
  };
  readonly credentials: {
    readonly system: {
      readonly domainCredentials: readonly [
        { readonly credentials: readonly Readonly<Record<string, { readonly id: string }>>[] },
      ];
    };
  };
  readonly jobs: readonly { readonly script: string }[];
}

const configuration = async () =>
  parse(await readFile('deploy/jenkins/jenkins.yaml', 'utf8')) as JenkinsConfiguration;

/** Debian's groovy looks for Java where only one of its packages puts it. */
async function javaHome(): Promise<string> {
  const { output } = await run('bash', ['-c', 'command -v java']);
  return process.env.JAVA_HOME ?? dirname(dirname(await realpath(output.trim())));
}

/** A workspace with the credentials of jenkins.yaml, and no others. */
async function prepared(): Promise<Workspace> {
  const workspace = await Workspace.make();
  await mkdir(join(workspace.folder, 'credentials'));
  const { credentials } = await configuration();
  for (const entry of credentials.system.domainCredentials[0].credentials)
    for (const { id } of Object.values(entry)) await workspace.write(`credentials/${id}`, 'secret');
  return workspace;
}

async function buildIn(workspace: Workspace, settings: Settings = {}) {
  const environment = workspace.environment({
    ...NODE,
    DRY_RUN: '1',
    JAVA_HOME: await javaHome(),
    // It lives for seconds: no time for the optimising compiler.
    JAVA_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
    JENKINS_EVENTS: join(workspace.folder, 'events'),
    JENKINS_CREDENTIALS: join(workspace.folder, 'credentials'),
    ...settings,
  });
  const { code, output } = await run(
    'groovy',
    [RUNNER, JENKINSFILE],
    environment,
    workspace.folder,
  );
  const lines = (await workspace.read('events').catch(() => '')).trim().split('\n');
  const events = lines.filter(Boolean).map((line) => JSON.parse(line) as Event);
  return { code, output, events, result: events.at(-1)?.result };
}

const scriptsOf = (events: readonly Event[]) =>
  events
    .filter(({ event }) => event === 'sh')
    .map(({ script }) => script?.replace('deploy/scripts/', ''));

/** The last things of every build: what is kept, and the checkout that is removed. */
function expectKept(events: readonly Event[]) {
  const [archived, removed] = events.filter(({ event }) =>
    ['archiveArtifacts', 'deleteDir'].includes(event),
  );
  expect(archived).toMatchObject({
    stage: '',
    options: { artifacts: 'pipeline-output/**', excludes: 'pipeline-output/*.tar' },
  });
  expect(removed).toEqual({ stage: '', event: 'deleteDir' });
}

describe.runIf(have('groovy', 'java'))('Jenkinsfile, on main, with everything in order', () => {
  let workspace: Workspace;
  let built: Awaited<ReturnType<typeof buildIn>>;
  beforeAll(async () => {
    workspace = await prepared();
    built = await buildIn(workspace, { JENKINS_PARAMS: 'ENVIRONMENT=production' });
  });
  afterAll(() => workspace.remove());

  it('goes from the checkout to the smoke test, in this order', () => {
    const { code, output, events, result } = built;
    expect(code, output).toBe(0);
    expect(result).toBe('SUCCESS');
    expect(scriptsOf(events)).toEqual([
      'install',
      'test',
      'data-pull',
      'reproduce',
      'push-artefacts',
      'build-image serve',
      'build-image train',
      'push-image serve',
      'push-image train',
      'deploy',
      'smoke-test',
    ]);
    const at = (name: string) => events.findIndex(({ event }) => event === name);
    expect(at('checkout')).toBeGreaterThan(0);
    expect(at('checkout')).toBeLessThan(at('sh'));
    expectKept(events);
  });

  it('deploys where the parameter says', () => {
    expect(built.output).toContain('overlays/production');
    expect(built.output).not.toContain('overlays/staging');
  });

  it('gives credentials to the stages of a release only', () => {
    const scripts = built.events.filter(({ event }) => event === 'sh');
    expect(scripts.length).toBeGreaterThan(0);
    for (const { script, environment = [], stage } of scripts)
      expect(environment.includes('GOOGLE_APPLICATION_CREDENTIALS'), script).toBe(
        stage.startsWith('Release'),
      );
  });

  it('limits the time of every stage, and runs one build at a time', () => {
    const options = built.events.filter(({ event }) => event === 'option');
    expect(options.filter(({ stage }) => stage === '').map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'disableConcurrentBuilds',
        'skipDefaultCheckout',
        'timeout',
        'buildDiscarder',
      ]),
    );
    const limited = new Set(
      options.filter(({ name }) => name === 'timeout').map(({ stage }) => stage),
    );
    for (const { stage } of built.events.filter(({ event }) => event === 'sh')) {
      const around = stage.split('/').map((_part, i, parts) => parts.slice(0, i + 1).join('/'));
      expect(
        around.some((name) => limited.has(name)),
        stage,
      ).toBe(true);
    }
  });

  it('runs on the node, and with the settings, that jenkins.yaml has', async () => {
    const { jenkins } = await configuration();
    const { label } = built.events.find(({ event }) => event === 'agent') ?? {};
    expect(label).toBe(jenkins.labelString);
    const { env } = jenkins.globalNodeProperties[0].envVars;
    expect(env.map(({ key }) => key).sort()).toEqual(Object.keys(NODE).sort());
  });
});

describe.runIf(have('groovy', 'java'))('Jenkinsfile', () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await prepared();
  });
  afterEach(() => workspace.remove());
  const build = (settings?: Settings) => buildIn(workspace, settings);

  it('only tests other branches', async () => {
    const { code, events } = await build({ JENKINS_BRANCH: 'an-idea' });
    expect(code).toBe(0);
    expect(scriptsOf(events)).toEqual(['install', 'test']);
    expect(events).toContainEqual({ stage: 'Release', event: 'skipped' });
  });

  it('goes to staging without a parameter, and pushes no artefacts when the model did not change', async () => {
    // dvc for real, and it changes nothing
    await workspace.program('dvc', ':');
    await mkdir(join(workspace.folder, 'dist'));
    await workspace.write('dist/main.js', '');
    const { code, output, events } = await build({ JENKINS_REAL: 'deploy/scripts/reproduce' });
    expect(code, output).toBe(0);
    expect(scriptsOf(events)).not.toContain('push-artefacts');
    expect(output).toContain(
      'kubectl apply --server-side --force-conflicts --kustomize pipeline-output/kubernetes/overlays/staging',
    );
  });

  it('stops at a failing test, and keeps the report', async () => {
    await workspace.program('npm', 'exit 1');
    const { code, events, result } = await build({ JENKINS_REAL: 'deploy/scripts/test' });
    expect(code).toBe(1);
    expect(result).toBe('FAILURE');
    expect(scriptsOf(events)).toEqual(['install', 'test']);
    expect(events.find(({ event }) => event === 'junit')?.options).toMatchObject({
      testResults: 'pipeline-output/junit.xml',
    });
    expectKept(events);
  });

  describe('when it deploys', () => {
    /** kubectl as if revision 7 ran and a deployment made 8; `rollout status` fails for 8 */
    async function failingCluster(whenRollingOut = 'exit 1') {
      await workspace.write('revision', '7');
      await workspace.program('gcloud', ':');
      await workspace.program(
        'kubectl',
        `case "$*" in
           *" get deployment "*) cat revision ;;
           apply*) echo 8 >revision ;;
           *"rollout undo"*) [[ "$*" = *--to-revision=7 ]] && echo 9 >revision ;;
           *"rollout status"*) [ "$(cat revision)" != 8 ] || { ${whenRollingOut}; } ;;
         esac`,
      );
      const digest = `sha256:${'ab'.repeat(32)}`;
      await workspace.program(
        'kustomize',
        `sed -i 's/digest: .*/digest: ${digest}/' kustomization.yaml`,
      );
      return {
        IMAGE: `${REPOSITORY}/osusume-serve@${digest}`,
        TRAIN_IMAGE: `${REPOSITORY}/osusume-train@${digest}`,
        JENKINS_REAL: 'deploy/scripts/deploy,deploy/scripts/roll-back',
      };
    }

    it('rolls back a rollout that fails, and fails itself', async () => {
      const { code, output, events, result } = await build(await failingCluster());
      expect(scriptsOf(events).slice(-2), output).toEqual(['deploy', 'roll-back']);
      expect(events.find(({ script }) => script?.endsWith('roll-back'))?.status).toBe(0);
      expect(await workspace.read('revision')).toBe('9\n');
      expect([code, result]).toEqual([1, 'FAILURE']);
    });

    it('rolls back when the smoke test fails', async () => {
      const settings = {
        ...(await failingCluster(':')),
        ADDRESS: 'http://127.0.0.1:9',
        SMOKE_SECONDS: '0',
      };
      const real = `${settings.JENKINS_REAL},deploy/scripts/smoke-test`;
      const { events, result } = await build({ ...settings, JENKINS_REAL: real });
      expect(scriptsOf(events).slice(-3)).toEqual(['deploy', 'smoke-test', 'roll-back']);
      expect(await workspace.read('revision')).toBe('9\n');
      expect(result).toBe('FAILURE');
    });

    it('rolls back a rollout that runs into its time limit', async () => {
      // half an hour is nine seconds
      const settings = { ...(await failingCluster('sleep 600')), JENKINS_MINUTE_MS: '300' };
      const { code, events, result } = await build(settings);
      expect(events.find(({ script }) => script?.endsWith('/deploy'))?.status).toBe('timeout');
      expect(scriptsOf(events).at(-1)).toBe('roll-back');
      expect(await workspace.read('revision')).toBe('9\n');
      expect([code, result]).toEqual([1, 'ABORTED']);
    });

    it('reaches the roll-back when a dry run is refused, and undoes nothing', async () => {
      const { code, events, output } = await build({
        IMAGE: `${REPOSITORY}/osusume-serve:latest`,
        JENKINS_REAL: 'deploy/scripts/roll-back',
      });
      expect(scriptsOf(events).slice(-2)).toEqual(['deploy', 'roll-back']);
      expect(output).toContain('is no image by digest');
      expect(code).toBe(1);
    });
  });
});

describe('jenkins.yaml', () => {
  it('lets nobody in without signing in, and builds the Jenkinsfile', async () => {
    const { jenkins, jobs } = await configuration();
    expect(jenkins.securityRealm.local.allowsSignup).toBe(false);
    expect(jenkins.authorizationStrategy.loggedInUsersCanDoAnything.allowAnonymousRead).toBe(false);
    expect(jobs[0].script).toContain(`scriptPath('${JENKINSFILE}')`);
  });

  it('has no secret: each is read from a file or a variable', async () => {
    const text = await readFile('deploy/jenkins/jenkins.yaml', 'utf8');
    const secrets = text.match(/(?:password|secretBytes|token): .*/g) ?? [];
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(secret).toMatch(/: '\$\{[^}]+\}'$/);
  });
});

describe('plugins.txt', () => {
  it('pins every plugin, and has those that the Jenkinsfile and jenkins.yaml use', async () => {
    const lines = (await readFile('deploy/jenkins/plugins.txt', 'utf8'))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of lines) expect(line).toMatch(/^[a-z-]+:\d[\w.]*$/);
    const names = lines.map((line) => line.split(':')[0]);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(
      expect.arrayContaining([
        'configuration-as-code',
        'credentials-binding',
        'git',
        'job-dsl',
        'junit',
        'pipeline-model-definition',
        'timestamper',
        'workflow-multibranch',
      ]),
    );
  });
});
