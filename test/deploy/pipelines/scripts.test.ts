/** The scripts of deploy/scripts: what they print in a dry run, what they refuse, and what they do. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { have, run, type Settings, Workspace } from './workspace.ts';

const REPOSITORY = 'europe-west1-docker.pkg.dev/my-project/osusume';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const IMAGE = `${REPOSITORY}/osusume-serve@${DIGEST}`;
const TRAIN_IMAGE = `${REPOSITORY}/osusume-train@${DIGEST}`;
const CLUSTER = {
  GOOGLE_CLOUD_PROJECT: 'my-project',
  GKE_CLUSTER: 'osusume',
  GKE_LOCATION: 'europe-west1',
};

let workspace: Workspace;
beforeEach(async () => {
  workspace = await Workspace.make();
});
afterEach(() => workspace.remove());

/** What a dry run would have run. */
async function commandsOf(script: string, settings: Settings = {}, args: string[] = []) {
  const { code, output } = await workspace.run(script, { DRY_RUN: '1', ...settings }, args);
  expect(output, output).not.toContain('command not found');
  expect(code, output).toBe(0);
  return output
    .split('\n')
    .filter((line) => line.startsWith('+ '))
    .map((line) => line.slice(2));
}

describe('a dry run', () => {
  it('of install and test', async () => {
    expect(await commandsOf('install')).toEqual(['npm ci --no-audit --no-fund']);
    expect((await commandsOf('install', { INSTALL_DVC: '1' }))[1]).toMatch(
      /pip install .*dvc\.txt/,
    );
    expect(await commandsOf('test', { TEST_PROJECTS: 'unit browser' })).toEqual([
      'npm test -- --reporter=default --reporter=junit --outputFile.junit=pipeline-output/junit.xml --project unit --project browser',
    ]);
  });

  it('of the data and the model', async () => {
    expect(await commandsOf('data-pull', { DVC_REMOTE: 'bucket' })).toEqual([
      'dvc pull --remote bucket',
    ]);
    expect((await commandsOf('reproduce')).at(-1)).toBe('dvc repro');
    expect(await workspace.read('pipeline-output/reproduced')).toBe('changed\n');
    expect(await commandsOf('push-artefacts', { BUCKET: 'gs://bucket/osusume' })).toEqual([
      'dvc push',
      'node dist/main.js publish --from-home dvc/home',
      'node dist/main.js publish --bundle current --to gs://bucket/osusume',
      'gcloud storage cp dvc.lock gs://bucket/osusume/runs/abc123/dvc.lock',
    ]);
  });

  it('of building an image, with a cache, and a secret that is in no layer', async () => {
    const settings = {
      BUILDER: 'buildx',
      IMAGE_CACHE: `${REPOSITORY}/cache`,
      NPMRC: '/home/me/.npmrc',
    };
    const [, build] = await commandsOf('build-image', settings, ['train']);
    expect(build).toContain('docker buildx build --builder osusume');
    expect(build).toContain('--file deploy/container/Dockerfile --target train');
    expect(build).toContain('--secret id=npmrc\\,src=/home/me/.npmrc');
    expect(build).toContain(`--cache-from type=registry\\,ref=${REPOSITORY}/cache`);
    expect(build).toContain('type=oci\\,dest=pipeline-output/osusume-train.tar');
    const [first, second] = await commandsOf('build-image', { BUILDER: 'buildah' });
    expect(first).toContain('--target serve');
    expect(second).toMatch(/buildah push --digestfile \S+osusume-serve\.digest .* oci-archive:/);
  });

  it('of pushing an image, with a token that is not shown', async () => {
    const { output } = await workspace.run('push-image', {
      DRY_RUN: '1',
      IMAGE_REPOSITORY: REPOSITORY,
    });
    expect(output).toContain('print-access-token | skopeo login');
    expect(output).toContain(
      `oci-archive:pipeline-output/osusume-serve.tar docker://${REPOSITORY}/osusume-serve:abc123`,
    );
  });

  it('of a deployment, and of the way back', async () => {
    const settings = { ...CLUSTER, ENVIRONMENT: 'production', IMAGE, TRAIN_IMAGE };
    expect(await commandsOf('deploy', settings)).toEqual([
      'gcloud container clusters get-credentials osusume --location europe-west1 --project my-project --quiet',
      `kustomize edit set image osusume-serve=${IMAGE}`,
      `kustomize edit set image osusume-train=${TRAIN_IMAGE}`,
      'kubectl apply --server-side --force-conflicts --kustomize pipeline-output/kubernetes/overlays/production',
      'kubectl --namespace osusume-production rollout status deployment/osusume-serve --timeout 10m',
    ]);
    expect((await commandsOf('roll-back', settings)).slice(1)).toEqual([
      'kubectl --namespace osusume-production rollout undo deployment/osusume-serve',
      'kubectl --namespace osusume-production rollout status deployment/osusume-serve --timeout 10m',
    ]);
    expect((await commandsOf('roll-back', settings, ['12']))[1]).toContain('--to-revision=12');
  });

  it('of the smoke test, from outside and through the cluster', async () => {
    const outside = await commandsOf('smoke-test', { ADDRESS: 'https://osusume.example/' });
    expect(outside[0]).toBe('curl https://osusume.example/readyz');
    const inside = await commandsOf('smoke-test', { ...CLUSTER, ENVIRONMENT: 'staging' });
    expect(inside).toContain(
      'kubectl --namespace osusume-staging port-forward service/osusume-serve 18080:http',
    );
  });
});

describe('what is missing or wrong', () => {
  const refused: readonly (readonly [string, string, Settings, RegExp])[] = [
    ['a bucket', 'push-artefacts', {}, /BUCKET is not set: .*gs:\/\//],
    ['a bucket that is none', 'push-artefacts', { BUCKET: 'bucket' }, /BUCKET is "bucket"/],
    ['a registry', 'push-image', {}, /IMAGE_REPOSITORY is not set/],
    ['an environment', 'deploy', {}, /ENVIRONMENT is not set/],
    ['an unknown environment', 'deploy', { ENVIRONMENT: 'moon' }, /"moon": there is no folder/],
    ['a path as the environment', 'deploy', { ENVIRONMENT: '../base' }, /there is no folder/],
    ['a cluster', 'deploy', { ENVIRONMENT: 'staging' }, /GKE_CLUSTER is not set/],
    [
      'where a cluster is',
      'roll-back',
      { ENVIRONMENT: 'staging', GKE_CLUSTER: 'osusume' },
      /GOOGLE_CLOUD_PROJECT is not set[\s\S]*GKE_LOCATION is not set/,
    ],
    [
      'an image by tag',
      'deploy',
      { ...CLUSTER, ENVIRONMENT: 'staging', IMAGE: `${REPOSITORY}/osusume-serve:latest` },
      /is no image by digest/,
    ],
    ['an address', 'smoke-test', {}, /ADDRESS is not set/],
    ['an address that is none', 'smoke-test', { ADDRESS: 'osusume.example' }, /begins with http/],
    ['a builder that is none', 'build-image', { BUILDER: 'kaniko' }, /buildx or buildah/],
  ];
  it.each(refused)(
    '%s: %s ends with code 2 and says what to do',
    async (_what, script, settings, message) => {
      const { code, output } = await workspace.run(script, { DRY_RUN: '1', ...settings });
      expect(output).toMatch(message);
      expect(code, output).toBe(2);
    },
  );

  it('refuses an image that there is not', async () => {
    for (const script of ['build-image', 'push-image']) {
      const { code, output } = await workspace.run(script, { DRY_RUN: '1' }, ['moon']);
      expect(output).toContain('no image "moon"');
      expect(code).toBe(2);
    }
  });

  it('does not take DRY_RUN=true for a wish to run', async () => {
    const { code, output } = await workspace.run('install', { DRY_RUN: 'true' });
    expect(output).toContain('DRY_RUN is "true"');
    expect(code).toBe(2);
  });

  it('names a program that is not installed', async () => {
    const environment = { ...workspace.environment(), PATH: '/usr/bin:/bin' };
    const script = join(workspace.folder, 'deploy/scripts/data-pull');
    const { code, output } = await run(script, [], environment);
    expect(output).toMatch(/dvc is not installed: pip install/);
    expect(code).toBe(2);
  });
});

describe('deploy and roll-back', () => {
  const settings = { ENVIRONMENT: 'production', KUBECONFIG: '/nowhere', IMAGE, TRAIN_IMAGE };

  /** A kubectl that notes what it is asked, and a deployment that is at a revision, which apply raises. */
  async function cluster({ revision, status = 0 }: { revision: number | ''; status?: number }) {
    await workspace.write('revision', String(revision));
    await workspace.program(
      'kubectl',
      `cd ${workspace.folder}
       echo "$*" >>calls
       case "$*" in
         *" get deployment "*) cat revision ;;
         apply*) echo $(($(cat revision) + 1)) >revision ;;
         *"rollout status"*) exit ${status} ;;
       esac`,
    );
    await workspace.program(
      'kustomize',
      `sed -i 's/digest: .*/digest: ${DIGEST}/' kustomization.yaml`,
    );
  }
  const calls = async () => (await workspace.read('calls')).trim().split('\n');

  it('returns to the revision that ran before, not to the one before the present', async () => {
    await cluster({ revision: 7 });
    expect((await workspace.run('deploy', settings)).code).toBe(0);
    expect(await workspace.read('pipeline-output/production.revision')).toBe('7\n');
    await workspace.write('revision', '9');
    expect((await workspace.run('roll-back', settings)).code).toBe(0);
    expect(await calls()).toContain(
      '--namespace osusume-production rollout undo deployment/osusume-serve --to-revision=7',
    );
    const again = await workspace.run('roll-back', settings);
    expect(again.output).toContain('nothing is undone');
  });

  it('fails when the rollout does not end in time', async () => {
    await cluster({ revision: 7, status: 1 });
    expect((await workspace.run('deploy', settings)).code).toBe(1);
  });

  it('undoes nothing where deploy failed before it changed anything', async () => {
    await cluster({ revision: 7 });
    await workspace.run('deploy', settings);
    const tag = { ...settings, IMAGE: 'osusume-serve:latest' };
    expect((await workspace.run('deploy', tag)).code).toBe(2);
    const { code, output } = await workspace.run('roll-back', tag);
    expect(output).toContain('nothing is undone');
    expect(code).toBe(0);
    expect((await calls()).join()).not.toContain('undo');
  });

  it('undoes nothing where applying failed', async () => {
    await cluster({ revision: 7 });
    const kubectl = await workspace.read('bin/kubectl');
    await workspace.program('kubectl', `case "$*" in apply*) exit 1 ;; esac\n${kubectl}`);
    expect((await workspace.run('deploy', settings)).code).toBe(1);
    const { output } = await workspace.run('roll-back', settings);
    expect(output).toContain('still has revision 7');
    expect((await calls()).join()).not.toContain('undo');
  });

  it('says when a first deployment has nothing to return to', async () => {
    await cluster({ revision: '' });
    await workspace.run('deploy', settings);
    const { code, output } = await workspace.run('roll-back', settings);
    expect(output).toContain('nothing to return to');
    expect(code).toBe(1);
  });

  it('refuses an overlay with an image that is not set', async () => {
    await cluster({ revision: 7 });
    await workspace.program('kustomize', ':');
    const { code, output } = await workspace.run('deploy', settings);
    expect(output).toContain('names an image that is not set');
    expect(code).toBe(2);
  });
});

describe.runIf(have('kubectl', 'kustomize'))('kustomize', () => {
  it.each(['staging', 'production'])(
    'sets the digests of %s, whatever the overlay calls the images',
    async (environment) => {
      const real = await run('bash', ['-c', 'command -v kubectl']);
      // renders instead of applying
      await workspace.program(
        'kubectl',
        `[ "$1" != apply ] || exec ${real.output.trim()} kustomize "\${@: -1}" >${workspace.folder}/rendered`,
      );
      const settings = { ENVIRONMENT: environment, KUBECONFIG: '/nowhere', IMAGE, TRAIN_IMAGE };
      const { code, output } = await workspace.run('deploy', settings);
      expect(code, output).toBe(0);
      const images = (await workspace.read('rendered')).match(/image: .*/g);
      expect(new Set(images)).toEqual(new Set([`image: ${IMAGE}`, `image: ${TRAIN_IMAGE}`]));
    },
  );
});

describe.runIf(have('shellcheck'))('shellcheck', () => {
  it('finds nothing in the scripts of deploy and of CI', async () => {
    const scripts = ['deploy/scripts', '.ci', '.ci/install'].flatMap((folder) =>
      readdirSync(folder)
        .map((name) => `${folder}/${name}`)
        .filter((file) => statSync(file).isFile() && (statSync(file).mode & 0o100) !== 0),
    );
    expect(scripts.length).toBeGreaterThan(10);
    const { code, output } = await run('shellcheck', ['--external-sources', ...scripts]);
    expect(output).toBe('');
    expect(code).toBe(0);
  });
});
