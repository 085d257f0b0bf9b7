/**
 * deploy and roll-back on a real control plane, that of deploy/kubernetes/verify: its pods become ready without running,
 * and one image is missing in every registry.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ControlPlane,
  startControlPlane,
} from '../../../deploy/kubernetes/checks/cluster/control-plane.js';
import { surroundings } from '../../../deploy/kubernetes/checks/cluster/nodes.js';
import { BROKEN_DIGEST } from '../../../deploy/kubernetes/checks/cluster/stages.js';
import { have, pathOf, type Settings, Workspace } from './workspace.ts';

const NAMESPACE = 'osusume-production';
const REPOSITORY = 'europe-west1-docker.pkg.dev/my-project/osusume';
const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;

describe.runIf(have('kube-apiserver', 'kustomize'))('a deployment to Kubernetes', () => {
  let workspace: Workspace;
  let plane: ControlPlane;
  let tools: string;

  beforeAll(async () => {
    workspace = await Workspace.make();
    tools = dirname(pathOf('kube-apiserver') ?? '');
    const folder = join(workspace.folder, 'plane');
    await mkdir(folder);
    plane = await startControlPlane(tools, folder);
    const { kubectl } = plane;
    await kubectl.do(['apply', '--server-side', '-f', join(tools, 'kubernetes/kinds')]);
    await kubectl.apply(surroundings());
    for (const [condition, ...what] of [
      ['Established', 'crd', '--all'],
      ['Ready', 'node', '--all'],
    ])
      await kubectl.do(['wait', `--for=condition=${condition}`, ...what, '--timeout', '60s']);
  });
  afterAll(async () => {
    await plane?.stop();
    await workspace.remove();
  });

  function run(script: string, settings: Settings = {}) {
    return workspace.run(script, {
      ENVIRONMENT: 'production',
      KUBECONFIG: join(workspace.folder, 'plane/kubeconfig.json'),
      ...settings,
    });
  }
  const deploy = (digest: string, settings: Settings = {}) =>
    run('deploy', {
      IMAGE: `${REPOSITORY}/osusume-serve@${digest}`,
      TRAIN_IMAGE: `${REPOSITORY}/osusume-train@${digest}`,
      ...settings,
    });
  /** a field of the deployment, or of what else is named */
  const field = (path: string, what = 'deployment/osusume-serve') =>
    plane.kubectl.do(['-n', NAMESPACE, 'get', what, '-o', `jsonpath={${path}}`]);
  const image = () => field('.spec.template.spec.containers[0].image');

  it('brings the images by digest, also to the nightly training', async () => {
    const { code, output } = await deploy(digestOf('1'));
    expect(code, output).toBe(0);
    expect(await image()).toBe(`${REPOSITORY}/osusume-serve@${digestOf('1')}`);
    const path = '.spec.jobTemplate.spec.template.spec.containers[0].image';
    expect(await field(path, 'cronjob/osusume-train')).toBe(
      `${REPOSITORY}/osusume-train@${digestOf('1')}`,
    );
  });

  it('fails with an image that cannot be pulled, and roll-back brings back what ran', async () => {
    const second = await deploy(digestOf('2'));
    expect(second.code, second.output).toBe(0);

    const { code, output } = await deploy(BROKEN_DIGEST, { ROLLOUT_TIMEOUT: '5s' });
    expect(code, output).toBe(1);
    expect(await image()).toContain(BROKEN_DIGEST);
    const available = Number(await field('.status.availableReplicas'));
    expect(available).toBeGreaterThanOrEqual(3);

    const back = await run('roll-back');
    expect(back.code, back.output).toBe(0);
    expect(await image()).toContain(digestOf('2'));
    expect(Number(await field('.status.unavailableReplicas'))).toBe(0);
  });

  it('undoes nothing when a refused deployment is rolled back', async () => {
    expect((await deploy('latest')).code).toBe(2);
    const { code, output } = await run('roll-back');
    expect(output).toContain('nothing is undone');
    expect(code).toBe(0);
    expect(await image()).toContain(digestOf('2'));
  });

  it('deploys again after a roll-back', async () => {
    const { code, output } = await deploy(digestOf('3'));
    expect(code, output).toBe(0);
    expect(await image()).toContain(digestOf('3'));
  });
});
