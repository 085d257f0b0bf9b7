import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSlimOptions, type SlimOptions } from '../../src/config/model-options.ts';
import { trackOptions } from '../../src/config/track-options.ts';
import { evaluate } from '../../src/evaluate.ts';
import { openArtefact, readJson, writeArtefact } from '../../src/home/artefact.ts';
import { PARTS, partName } from '../../src/model/linear/slim-weights.ts';
import { DEFAULT_MODELS } from '../../src/model/registry.ts';
import { NO_PROGRESS } from '../../src/progress.ts';
import { publish } from '../../src/publish.ts';
import { listRuns, runsFolder } from '../../src/track/run-record.ts';
import { type TrainOptions, train } from '../../src/train.ts';
import { smallHome } from '../support/small-home.ts';

const slim = parseSlimOptions({ regularization: 20 });
let home: string;
beforeEach(async () => {
  home = await smallHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const run = (more: Partial<TrainOptions> = {}) => train({ home, slim, ...more });

/** name → bytes of every saved model. */
async function weights(folder: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.safetensors')).sort();
  const read = names.map(async (name) => [name, await readFile(join(folder, name))] as const);
  return Object.fromEntries(await Promise.all(read));
}

describe('train()', () => {
  it('fits what publishing needs, and says what each model cost', async () => {
    const { artefact, record } = await run();
    expect(Object.keys(record.models).sort()).toEqual([...DEFAULT_MODELS].sort());
    const saved = await weights(artefact.folder);
    const partsOf = { slim: PARTS.map(({ titles }) => partName(titles)) } as Record<
      string,
      string[]
    >;
    for (const [name, cost] of Object.entries(record.models)) {
      const files = [name, ...(partsOf[name] ?? [])].map((file) => saved[`${file}.safetensors`]);
      expect(cost.savedBytes).toBe(files.reduce((sum, { length }) => sum + length, 0));
      expect(cost.peakMemoryBytes).toBeGreaterThan(10_000_000);
      expect(cost.seconds).toBeGreaterThanOrEqual(0);
    }
    expect(await readJson(join(artefact.folder, 'train.json'))).toEqual(record);
    await evaluate({ home });
    const bundle = await publish({ home });
    expect(await readdir(bundle.folder)).toContain('slim.safetensors');
  });

  it('gives a bundle the metrics of its own models, not of those evaluated last', async () => {
    await run();
    const [{ liked }] = (await evaluate({ home })).models.filter(({ model }) => model === 'slim');
    const about = async () => {
      const { folder } = await publish({ home });
      return (await readJson(join(folder, 'bundle.json'))) as { metrics?: Record<string, number> };
    };
    const { metrics } = await about();
    expect(metrics?.people).toBe(40);
    expect(metrics?.likedNdcg10).toBeCloseTo(liked.ndcg10.mean, 3);
    await run({ slim: parseSlimOptions({ regularization: 3 }) });
    expect(await about()).not.toHaveProperty('metrics');
  });

  it('publishes from the G that slim was trained on, whatever options train.models gives slim', async () => {
    const options = { ...slim, userNormalization: 0, weights: { ...slim.weights, slope: 0.9 } };
    const gram = async (more: Partial<TrainOptions>) => {
      const { artefact, record } = await run(more);
      expect(record.options.slim).toEqual(options);
      return readFile(join(artefact.folder, 'gram.safetensors'));
    };
    const expected = await gram({ slim: options });
    const models = Object.fromEntries(DEFAULT_MODELS.map((name) => [name, {}]));
    const { userNormalization, weights: given } = options;
    const found = await gram({
      models: { ...models, slim: { userNormalization, weights: given } },
    });
    expect(found.equals(expected)).toBe(true);
  });

  it('fits only what is named; publishing then says what is missing', async () => {
    const { artefact, record } = await run({ names: ['popularity', 'slim'] });
    expect(Object.keys(record.models)).toEqual(['popularity', 'slim']);
    expect(Object.keys(await weights(artefact.folder))).not.toContain('content.safetensors');
    await expect(publish({ home })).rejects.toThrow(/needs .*item-knn.*--models/);
    const board = await evaluate({ home });
    expect(board.models.map(({ model }) => model).sort()).toEqual(['popularity', 'slim']);
  });

  it('says to train again when publishing finds models of a version that knew other options', async () => {
    const { artefact, record } = await run();
    const { odds: _, ...older } = (record.options as { slim: SlimOptions }).slim;
    await writeArtefact(home, 'model', async (folder) => {
      const filter = (file: string) => !file.endsWith('manifest.json');
      await cp(artefact.folder, folder, { recursive: true, filter });
      const options = { ...record.options, slim: older };
      await writeFile(join(folder, 'train.json'), JSON.stringify({ ...record, options }));
    });
    await expect(publish({ home })).rejects.toThrow(/options of slim .*odds.*osusume train/);
  });

  it('makes the same bytes from the same seed, on one thread and on two', async () => {
    const one = await weights((await run({ seed: 7, threads: 1 })).artefact.folder);
    const again = await weights((await run({ seed: 7, threads: 1 })).artefact.folder);
    const two = await weights((await run({ seed: 7, threads: 2 })).artefact.folder);
    // G too
    expect(Object.keys(one)).toHaveLength(DEFAULT_MODELS.length + PARTS.length + 1);
    for (const [name, bytes] of Object.entries(one)) {
      expect(again[name].equals(bytes), `${name}, trained again`).toBe(true);
      expect(two[name].equals(bytes), `${name} on two threads`).toBe(true);
    }
  });

  it('makes the same bytes of every model there is, on one thread and on two', async () => {
    const models = {
      embedding: { dimension: 16, epochs: 2, batch: 500 },
      ials: { factors: 8, iterations: 3 },
    };
    const all = { names: ['all'], models, seed: 7 };
    const one = await run({ ...all, threads: 1 });
    const first = await weights(one.artefact.folder);
    for (const name of Object.keys(one.record.models))
      expect(first).toHaveProperty([`${name}.safetensors`]);
    const second = await weights((await run({ ...all, threads: 2 })).artefact.folder);
    expect(Object.keys(second)).toEqual(Object.keys(first));
    for (const [name, bytes] of Object.entries(first))
      expect(second[name].equals(bytes), `${name} on two threads`).toBe(true);
    const other = await run({ ...all, names: ['embedding', 'ials', 'plot'], seed: 8 });
    for (const [name, bytes] of Object.entries(await weights(other.artefact.folder)))
      expect(first[name].equals(bytes), `${name} of another seed`).toBe(false);
  }, 240_000);

  it('keeps a record and a report of the run', async () => {
    const { artefact, run: id } = await run({
      seed: 7,
      clock: () => new Date('2026-01-02T03:04:05Z'),
    });
    const [record, ...others] = await listRuns(home);
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      id,
      status: 'finished',
      startedAt: '2026-01-02T03:04:05.000Z',
      seed: 7,
      fingerprint: 'f'.repeat(64),
      people: 160,
      titles: 60,
      version: artefact.version,
      evaluation: null,
    });
    expect(record.parameters.slim).toEqual(slim);
    expect(Object.keys(record.models).sort()).toEqual([...DEFAULT_MODELS].sort());
    const report = await readFile(join(runsFolder(home), id, 'report.html'), 'utf8');
    expect(report).toContain(id);
    expect(report).toContain('Most recommended titles');
    expect(report).toMatch(/Person \d+: favourites/);
  });

  it('records what was interrupted and what failed, and leaves the models as they were', async () => {
    const { artefact } = await run();
    const controller = new AbortController();
    controller.abort();
    await expect(run({ signal: controller.signal })).rejects.toThrow(/Interrupted/);
    await expect(run({ threads: -3 })).rejects.toThrow();
    expect((await listRuns(home)).map(({ status }) => status).sort()).toEqual([
      'failed',
      'finished',
      'interrupted',
    ]);
    expect((await openArtefact(home, 'model')).version).toBe(artefact.version);
  });

  it('keeps the epochs before an interruption in the record of the run that resumes', async () => {
    const models = { embedding: { dimension: 16, epochs: 5, patience: 0, batch: 500 } };
    await expect(run({ models, ...interruptedAt(/epoch 4 of 5/) })).rejects.toThrow(
      /Interrupted.*--resume/,
    );
    await run({ models, resume: true });
    const [first, second] = await listRuns(home).then((runs) =>
      runs.sort((a, b) => a.epochs.embedding.length - b.epochs.embedding.length),
    );
    expect(first.status).toBe('interrupted');
    expect(first.epochs.embedding.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(second.epochs.embedding.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    expect(second.epochs.embedding.slice(0, 3)).toEqual(first.epochs.embedding);
  });

  it('promises no epoch that is not kept, and says when there is nothing to go on from', async () => {
    const models = { embedding: { dimension: 16, epochs: 2, patience: 0, batch: 500 } };
    await expect(run({ models, ...interruptedAt(/epoch 1 of 2/) })).rejects.toThrow(
      /Interrupted while training the embedding network$/,
    );
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    await run({ models, resume: true, progress: { ...NO_PROGRESS, note } });
    expect(notes).toContainEqual(expect.stringMatching(/no checkpoint.*begins anew/));
  });

  it('keeps the checkpoint of an interrupted model while others are trained', async () => {
    const models = { embedding: { dimension: 16, epochs: 4, patience: 0, batch: 500 } };
    await expect(run({ models, ...interruptedAt(/epoch 3 of 4/) })).rejects.toThrow(/--resume/);
    await run({ names: ['popularity'] });
    const labels: string[] = [];
    const listen = { ...NO_PROGRESS, step: (label: string) => void labels.push(label) };
    await run({ models, resume: true, progress: listen });
    expect(labels.filter((label) => /epoch 1 of 4/.test(label))).toEqual([]);
    expect(labels.filter((label) => /epoch 3 of 4/.test(label))).toHaveLength(1);
    expect(await readdir(home)).not.toContain('checkpoints');
  });

  it('begins no run for a model that does not exist', async () => {
    await expect(run({ names: ['nothing'] })).rejects.toThrow(/no model "nothing"/);
    expect(await listRuns(home)).toEqual([]);
  });

  it('begins no run, and makes no folder for one, without the key of the tracking server', async () => {
    const track = trackOptions({ to: 'comet' });
    await expect(run({ track })).rejects.toThrow(/COMET_API_KEY/);
    expect(await readdir(home)).not.toContain('runs');
  });
});

/** Options of a training that is interrupted when it comes to a step of this name. */
function interruptedAt(name: RegExp) {
  const controller = new AbortController();
  const step = (label: string) => {
    if (name.test(label)) controller.abort();
  };
  return { progress: { ...NO_PROGRESS, step }, signal: controller.signal };
}
