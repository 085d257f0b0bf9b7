/** dvc.yaml, run by DVC itself on the built-in sample. `.ci/install/dvc` and `.ci/install/gcs` install what it needs. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CloudStorageServer, cloudStorageServer } from './cloud-storage-server.ts';
import { DvcProject, isInstalled } from './dvc-project.ts';

const STAGES = ['sample', 'ingest', 'prepare', 'train', 'evaluate', 'publish'];
const KINDS = ['ingest', 'dataset', 'model', 'leaderboard', 'bundle'];
const REGULARIZATION = 'configs/default.json:train.slim.regularization';

const missing = ['dvc', 'fake-gcs-server'].filter((program) => !isInstalled(program));
if (missing.length > 0) {
  const what = `not on the PATH: ${missing.join(', ')} (.ci/install/dvc and .ci/install/gcs install them)`;
  if (process.env.OSUSUME_REQUIRE_DEPLOY === '1') throw new Error(what);
  console.warn(`The tests of dvc.yaml are skipped: ${what}`);
}

type Figures = Readonly<Record<string, { readonly data: Readonly<Record<string, unknown>> }>>;

describe.skipIf(missing.length > 0)('dvc.yaml', () => {
  let project: DvcProject;
  let lock: string;
  let versions: string[];
  const others: DvcProject[] = [];
  const versionsOf = (of: DvcProject) => Promise.all(KINDS.map((kind) => of.version(kind)));

  beforeAll(async () => {
    project = await DvcProject.create();
    expect(await project.repro()).toEqual(STAGES);
    lock = await project.read('dvc.lock');
    versions = await versionsOf(project);
    await project.commit('A run of the pipeline');
  });
  afterAll(async () => {
    for (const { folder } of [project, ...others])
      await rm(folder, { recursive: true, force: true });
  });

  it('leaves nothing in Git that only DVC should keep', async () => {
    const files = (await project.run('git', 'ls-files')).split('\n');
    expect(files.filter((file) => /^dvc\/(home|sample)/.test(file))).toEqual([]);
    expect(files).toContain('dvc/summary/evaluate.json');
    expect(files).toContain('dvc.lock');
  });

  it('changes nothing on the second run', async () => {
    expect(await project.repro()).toEqual([]);
    expect(await project.read('dvc.lock')).toBe(lock);
    expect(await project.dvc('status')).toMatch(/up to date/);
    expect(await project.run('git', 'status', '--porcelain')).toBe('');
  });

  it('makes the same hashes when everything runs again, in another place and with other threads', async () => {
    const other = await project.clone();
    others.push(other);
    other.environment = { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' };
    await rm(join(other.folder, 'dvc.lock'));
    expect(await other.repro('--no-run-cache')).toEqual(STAGES);
    expect(await other.read('dvc.lock')).toBe(lock);
    expect(await versionsOf(other)).toEqual(versions);
  });

  it('reruns only train and what follows when a training parameter changes, and comes back', async () => {
    const config = JSON.parse(await project.read('configs/default.json'));
    const changed = structuredClone(config);
    changed.train.slim.regularization = 200;
    const path = join(project.folder, 'configs/default.json');
    const before = await project.read('configs/default.json');
    await writeFile(path, JSON.stringify(changed));
    expect(await project.repro()).toEqual(['train', 'evaluate', 'publish']);
    expect(await project.version('dataset')).toBe(versions[1]);
    expect(await project.version('model')).not.toBe(versions[2]);

    const differences = await project.json<Figures>('metrics', 'diff');
    const text = JSON.stringify(differences);
    expect(text).toMatch(
      /"models\.slim\.liked\.ndcg10":\{"old":0\.\d+,"new":0\.\d+,"diff":-?0\.\d+/,
    );
    expect(text).not.toContain('popularity.liked');
    expect(JSON.stringify(await project.json('params', 'diff'))).toContain(
      '"train.slim.regularization":{"old":20,"new":200,',
    );

    await writeFile(path, before);
    // from DVC's cache of runs: nothing is computed again
    await project.dvc('repro');
    expect(await project.read('dvc.lock')).toBe(lock);
    expect(await versionsOf(project)).toEqual(versions);
  });

  it('shows metrics and draws plots of what the stages write', async () => {
    const shown = await project.json<Record<string, { data: Figures }>>('metrics', 'show');
    const files = shown[''].data;
    expect(Object.keys(files).sort()).toEqual(
      ['evaluate', 'ingest', 'prepare', 'publish', 'train'].map((s) => `dvc/summary/${s}.json`),
    );
    const { models, people } = files['dvc/summary/evaluate.json'].data as {
      models: Record<string, { liked: { ndcg10: number } }>;
      people: number;
    };
    expect(people).toBeGreaterThan(0);
    expect(models.slim.liked.ndcg10).toBeGreaterThan(models.popularity.liked.ndcg10);
    const plots = JSON.stringify(await project.json('plots', 'show'));
    for (const plot of ['Quality by model', 'Recall at k', 'NDCG at k', 'Ratings'])
      expect(plots).toContain(plot);
    expect(plots).not.toMatch(/"errors":\[\{/);
    expect(await project.dvc('plots', 'show', '--out', 'plots')).toContain('index.html');
    const html = await project.read('plots/index.html');
    expect(html).toContain('"slim"');
    await rm(join(project.folder, 'plots'), { recursive: true });
  });

  it('runs an experiment with another parameter, in the checkout and in a copy', async () => {
    await project.dvc('exp', 'run', '--name', 'strong', '-S', `${REGULARIZATION}=90`);
    const strong = await project.version('model');
    expect(strong).not.toBe(versions[2]);
    expect(JSON.parse(await project.read('configs/default.json')).train.slim.regularization).toBe(
      90,
    );
    await project.run('git', 'checkout', '--quiet', '.');
    await project.dvc('checkout');
    expect(await versionsOf(project)).toEqual(versions);
    await project.dvc('exp', 'run', '--temp', '--name', 'weak', '-S', `${REGULARIZATION}=5`);
    expect(await versionsOf(project)).toEqual(versions);
    const table = await project.dvc('exp', 'show', '--csv');
    const rows = table.split('\n').filter((row) => /strong|weak/.test(row));
    expect(rows).toHaveLength(2);
    expect(table).toContain('train.slim.regularization');
    await project.dvc('exp', 'apply', 'strong');
    expect(await project.version('model')).toBe(strong);
    await project.run('git', 'checkout', '--quiet', '.');
    await project.dvc('checkout');
  });

  describe('with a remote on a bucket', () => {
    let storage: CloudStorageServer;
    beforeAll(async () => {
      storage = await cloudStorageServer('osusume-models');
      project.environment = { STORAGE_EMULATOR_HOST: storage.url };
      await project.dvc('remote', 'add', '--default', 'bucket', 'gs://osusume-models/dvc');
      await project.commit('A remote');
    });
    afterAll(() => storage?.close());

    it('pushes, and pulls the same files after cache and outputs are gone', async () => {
      expect(await project.dvc('push')).toMatch(/files? pushed/);
      expect(await project.dvc('status', '--cloud')).toMatch(/in sync/);
      for (const path of ['.dvc/cache', 'dvc/home', 'dvc/sample'])
        await rm(join(project.folder, path), { recursive: true });
      await project.dvc('pull');
      expect(await versionsOf(project)).toEqual(versions);
      expect(await project.repro()).toEqual([]);
      expect(await project.read('dvc.lock')).toBe(lock);
    });

    it('gives a fresh clone a home that answers', async () => {
      const other = await project.clone();
      others.push(other);
      other.environment = project.environment;
      await other.dvc('pull', 'publish');
      expect(await readdir(join(other.folder, 'dvc/home'))).toEqual(['bundle']);
      const command = ['recommend', '--home', 'dvc/home', '--like', 'Steins;Gate', '--json'];
      const answer = JSON.parse(await other.run('dvc/osusume', ...command));
      expect(answer.items.length).toBeGreaterThan(0);
      const released = ['publish', '--from-home', 'dvc/home', '--home', 'released', '--json'];
      const { version } = JSON.parse(await other.run('dvc/osusume', ...released));
      expect(version).not.toMatch(/^1970/);
    });
  });
});
