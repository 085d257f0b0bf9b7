/** data-pull, reproduce and push-artefacts for real: DVC, the pipeline on a small sample, and a Cloud Storage server. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CloudStorageServer, cloudStorageServer } from '../versioning/cloud-storage-server.ts';
import { DvcProject } from '../versioning/dvc-project.ts';
import { have, pathOf, run, Workspace } from './workspace.ts';

const BUCKET = 'osusume-pipelines';
/** Debian does not have it; without it, what it is asked is noted. */
const hasGcloud = pathOf('gcloud') !== undefined;
const ADDRESS = `gs://${BUCKET}/models`;

describe.runIf(have('dvc', 'fake-gcs-server'))('a new model', () => {
  let workspace: Workspace;
  let cloud: CloudStorageServer;
  const projects: DvcProject[] = [];

  beforeAll(async () => {
    workspace = await Workspace.make();
    cloud = await cloudStorageServer(BUCKET);
    // What DVC's client takes for its server, Google's other clients would take too, and wrongly.
    await workspace.program('dvc', `STORAGE_EMULATOR_HOST=${cloud.url} exec ${pathOf('dvc')} "$@"`);
    if (!hasGcloud) await workspace.program('gcloud', `echo "$*" >>${workspace.folder}/gcloud`);
    const project = await DvcProject.create();
    projects.push(project);
    await project.dvc('remote', 'add', '--default', 'bucket', `gs://${BUCKET}/dvc`);
    await project.commit('A bucket');
  });
  afterAll(async () => {
    await cloud?.close();
    for (const project of projects) await run('rm', ['-rf', project.folder]);
    await workspace.remove();
  });

  /** A script, in the checkout that the project is. */
  async function script(name: string, project: DvcProject) {
    await cp('deploy', join(project.folder, 'deploy'), { recursive: true });
    const path = join(project.folder, 'deploy/scripts', name);
    const settings = {
      BUCKET: ADDRESS,
      OSUSUME_CLOUD_ENDPOINT: cloud.url,
      DVC_NO_ANALYTICS: '1',
      // for gcloud, where it is installed
      CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: `${cloud.url}/storage/v1/`,
      CLOUDSDK_AUTH_DISABLE_CREDENTIALS: 'true',
      CLOUDSDK_CONFIG: join(workspace.folder, 'gcloud-settings'),
    };
    return run(path, [], workspace.environment(settings));
  }
  const reproduced = (project: DvcProject) =>
    readFile(join(project.folder, 'pipeline-output/reproduced'), 'utf8');
  async function inBucket(name: string): Promise<string> {
    const path = `${cloud.url}/storage/v1/b/${BUCKET}/o/${encodeURIComponent(name)}?alt=media`;
    const answer = await fetch(path);
    expect(answer.status, name).toBe(200);
    return answer.text();
  }

  it('is trained when there is none, and not again when nothing changed', async () => {
    const [project] = projects;
    const first = await script('reproduce', project);
    expect(first.code, first.output).toBe(0);
    expect(await reproduced(project)).toBe('changed\n');
    await project.commit('A model');
    const second = await script('reproduce', project);
    expect(second.code, second.output).toBe(0);
    expect(await reproduced(project)).toBe('unchanged\n');
  });

  it('goes to the bucket: what DVC tracks, the bundle that servers follow, the lock file', async () => {
    const [project] = projects;
    const { code, output } = await script('push-artefacts', project);
    expect(code, output).toBe(0);
    const current = JSON.parse(await inBucket('models/bundles/current')) as { version: string };
    expect(current.version).toMatch(/^2\d{7}T\d{6}-[0-9a-f]{6}$/);
    await inBucket(`models/bundles/${current.version}/manifest.json`);
    if (hasGcloud)
      expect(await inBucket('models/runs/abc123/dvc.lock')).toBe(await project.read('dvc.lock'));
    else
      expect(await workspace.read('gcloud')).toBe(
        `storage cp dvc.lock ${ADDRESS}/runs/abc123/dvc.lock\n`,
      );
  });

  it('comes back from the bucket on another machine, which then has nothing to train', async () => {
    const copy = await projects[0].clone();
    projects.push(copy);
    const pulled = await script('data-pull', copy);
    expect(pulled.code, pulled.output).toBe(0);
    expect(await copy.version('bundle')).toBe(await projects[0].version('bundle'));
    expect((await script('reproduce', copy)).code).toBe(0);
    expect(await reproduced(copy)).toBe('unchanged\n');
  });

  it('is not published when it is not there', async () => {
    const [project] = projects;
    await run('rm', ['-rf', join(project.folder, 'dvc/home/bundle')]);
    const { code } = await script('push-artefacts', project);
    expect(code).not.toBe(0);
  });
});
