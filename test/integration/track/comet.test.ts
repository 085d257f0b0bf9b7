/** A training, its evaluation and a publication, at a server that speaks Comet's protocol. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../../src/cli/runs.ts';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { trackOptions } from '../../../src/config/track-options.ts';
import { evaluate } from '../../../src/evaluate.ts';
import { NO_PROGRESS } from '../../../src/progress.ts';
import { publish } from '../../../src/publish.ts';
import { readRunRecord, runsFolder } from '../../../src/track/run-record.ts';
import { train } from '../../../src/train.ts';
import { type CometExperiment, CometServer } from '../../support/comet-server.ts';
import { smallDataset } from '../../support/small-dataset.ts';
import { smallHome } from '../../support/small-home.ts';

const KEY = 'a-secret-key';
const track = trackOptions({ to: 'comet', project: 'My Anime', workspace: 'team' });
const slim = parseSlimOptions({ regularization: 20 });
const models = {
  ...{ popularity: {}, 'item-knn': {}, content: {}, slim: {} },
  ials: { factors: 8, iterations: 2 },
  embedding: { dimension: 16, epochs: 2, patience: 0, batch: 500 },
};

let server: CometServer;
let home: string;
let id: string;
let experiment: CometExperiment;
beforeAll(async () => {
  server = await CometServer.start(KEY);
  home = await smallHome(smallDataset());
  const access = { cometApiKey: KEY, cometUrl: `${server.url}/clientlib/` };
  const common = { home, track, access };
  ({ run: id } = await train({ ...common, slim, models }));
  await evaluate(common);
  await publish(common);
  // a server that is too slow for the end of a command gets the rest now
  await runs({ ...common, action: 'push', id: '', progress: NO_PROGRESS });
  [experiment] = [...server.experiments.values()];
});
afterAll(async () => {
  await server.close();
  await rm(home, { recursive: true, force: true });
});

const asset = (name: string) => {
  const found = experiment.assets.find(({ fileName }) => fileName === name);
  if (!found) throw new Error(`no ${name} among ${experiment.assets.map((a) => a.fileName)}`);
  return found;
};

describe('an experiment of Comet', () => {
  it('is one for the run, and nothing of it was refused', () => {
    expect(server.refused).toEqual([]);
    expect([...server.experiments.keys()]).toHaveLength(1);
    expect(experiment).toMatchObject({ name: id, project: 'My Anime', tags: ['finished'] });
    expect(experiment.endedAt).toBeGreaterThanOrEqual(experiment.startedAt ?? Number.NaN);
  });

  it('has parameters, dataset, code and machine', async () => {
    expect(experiment.parameters).toMatchObject({ 'slim.regularization': '20', seed: 'own' });
    expect(experiment.others).toMatchObject({ 'dataset.fingerprint': 'f'.repeat(64) });
    const { commit } = await readRunRecord(home, id);
    expect(experiment.git?.parent ?? null).toBe(commit?.replace('+changes', '') ?? null);
    expect(experiment.system).toMatchObject({ osType: process.platform, machine: process.arch });
    expect(JSON.stringify(experiment.system)).not.toContain('host');
  });

  it('has metrics by epoch, and curves of recall and NDCG by the length of the list', async () => {
    const losses = experiment.metrics.filter(({ name }) => name === 'embedding.training.loss');
    expect(losses.map(({ epoch }) => epoch)).toEqual([0, 1]);
    const { evaluation } = await readRunRecord(home, id);
    const ndcg = experiment.metrics.find(({ name }) => name === 'test.liked.slim.ndcg10');
    expect(ndcg?.value).toBe(evaluation?.models.slim.ndcg10);
    const names = experiment.metrics.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['test.newStories.slim.ndcg10', 'test.fewKnown5.slim.recall20'],
        ...['test.lists.popularity.gini10', 'test.lists.slim.dislikesPerHit20'],
      ]),
    );
    const curve = asset('test.liked.slim.ndcg_at_k');
    expect(curve.type).toBe('curve');
    const { name, x, y } = JSON.parse(curve.content);
    expect([name, x[9]]).toEqual(['test.liked.slim.ndcg_at_k', 10]);
    expect(y[9]).toBeCloseTo(ndcg?.value ?? Number.NaN, 5);
  });

  it('has the report as a page and as a file', async () => {
    const report = await readFile(join(runsFolder(home), id, 'report.html'), 'utf8');
    expect(experiment.html).toBe(report);
    expect(asset('report.html').content).toBe(report);
  });

  it('has the files of the models, but neither lists of people nor G', () => {
    const files = experiment.assets.filter(({ groupingName }) => groupingName === 'trained');
    const names = files.map(({ fileName }) => fileName);
    expect(names).toContain('slim.safetensors');
    expect(names).toContain('ials.safetensors');
    expect(files.every(({ type }) => type === 'model-element')).toBe(true);
    const all = experiment.assets.map(({ fileName }) => fileName);
    for (const kept of ['gram.safetensors', 'people.safetensors', 'catalogue.json'])
      expect(all).not.toContain(kept);
  });

  it('has a point for each title, for the models that have vectors', () => {
    const { items } = smallDataset();
    for (const [model, dimensions] of [['ials', 8] as const, ['embedding', 16] as const]) {
      const rows = asset(`${model}-vectors.tsv`).content.trimEnd().split('\n');
      expect(rows).toHaveLength(items.size);
      expect(rows.every((row) => row.split('\t').length === dimensions)).toBe(true);
      const labels = asset(`${model}-labels.tsv`).content.trimEnd().split('\n');
      expect(labels).toHaveLength(items.size + 1);
      const [embedding] = JSON.parse(asset(`${model}-projector.json`).content).embeddings;
      expect(embedding).toMatchObject({ tensorShape: [items.size, dimensions] });
      const { assetId } = asset(`${model}-vectors.tsv`);
      expect(embedding.tensorPath).toMatch(/^\/api\/asset\/download\?assetId=[0-9a-f]{32}&/);
      expect(embedding.tensorPath).toContain(`assetId=${assetId}&experimentKey=experiment-1`);
    }
  });
});

describe("Comet's registry", () => {
  it('has a version for each published bundle, once, however often it is sent', async () => {
    const access = { cometApiKey: KEY, cometUrl: server.url };
    const { bundles = [] } = await readRunRecord(home, id);
    expect(server.registry.get('my-anime')?.map(({ comment }) => comment.split(',')[0])).toEqual(
      bundles.map((version) => `bundle ${version}`),
    );
    const second = await publish({ home, track, access });
    await runs({ home, track, access, action: 'push', id: '', progress: NO_PROGRESS });
    const versions = server.registry.get('my-anime') ?? [];
    expect(versions).toHaveLength(2);
    expect(versions[1]).toMatchObject({ stages: ['published'] });
    expect(versions[1].comment).toContain(second.version);
    expect(server.refused).toEqual([]);
    // as if the answer had been lost
    const sent = join(runsFolder(home), id, 'sent-comet.json');
    const { place } = JSON.parse(await readFile(sent, 'utf8'));
    const { Comet } = await import('../../../src/track/comet.ts');
    const base = `${server.url}/api/rest/v2/`;
    const comet = new Comet({ apiKey: KEY, project: 'My Anime', workspace: 'team', base });
    const bundle = { version: second.version, model: `bundle-${second.version}`, metrics: {} };
    await comet.send(place, { at: 1, bundle }, home, new AbortController().signal);
    expect(server.registry.get('my-anime')).toHaveLength(2);
  });
});
