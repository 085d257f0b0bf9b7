/** The same inputs make the same files and the same names, on any day and with any number of threads. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../src/config/model-options.ts';
import { evaluate } from '../../src/evaluate.ts';
import { openArtefact, readJson } from '../../src/home/artefact.ts';
import { ARTEFACT_KINDS } from '../../src/home/kinds.ts';
import { keptVersions } from '../../src/home/versions.ts';
import { ingest } from '../../src/ingest.ts';
import { prepare } from '../../src/prepare.ts';
import { publish } from '../../src/publish.ts';
import { publishCopy } from '../../src/publish-copy.ts';
import { openBundle } from '../../src/recommend/bundle.ts';
import { listRuns } from '../../src/track/run-record.ts';
import { train } from '../../src/train.ts';

const slim = parseSlimOptions({ regularization: 20 });
const KINDS = ARTEFACT_KINDS.filter((kind) => kind !== 'map');
let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-reproducible-'));
  home = join(folder, 'first');
  await allStages(home, { year: 2026, threads: 1 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function allStages(home: string, { year, threads }: { year: number; threads: number }) {
  const clock = () => new Date(Date.UTC(year, 0, 1));
  const common = { home, threads, clock, reproducible: true };
  await ingest({ ...common, source: null });
  await prepare(common);
  await train({ ...common, slim });
  await evaluate(common);
  return publish(common);
}

/** Every file of the artefacts: path → content. */
async function filesOf(home: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const kind of KINDS)
    for (const entry of await readdir(join(home, kind), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile()) files.set(path.slice(home.length), await readFile(path, 'base64'));
    }
  return files;
}

describe('reproducible stages', () => {
  it('make the same files in another home, at another time, with other threads', async () => {
    const other = join(folder, 'second');
    await allStages(other, { year: 2031, threads: 3 });
    const [first, second] = [await filesOf(home), await filesOf(other)];
    expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
    const different = [...first].filter(([path, content]) => second.get(path) !== content);
    expect(different.map(([path]) => path)).toEqual([]);
  });

  it('change nothing when they run again in the same home', async () => {
    const before = await filesOf(home);
    await allStages(home, { year: 2027, threads: 2 });
    expect([...(await filesOf(home)).keys()].sort()).toEqual([...before.keys()].sort());
    for (const kind of KINDS) expect(await keptVersions(home, kind)).toHaveLength(1);
  });

  it('keep the time, the id and the cost of a training in its run', async () => {
    const { version } = await openArtefact(home, 'model');
    const runs = (await listRuns(home)).filter((run) => run.version === version);
    expect(runs.length).toBeGreaterThan(0);
    const last = runs.at(-1);
    expect(last?.evaluation?.models.slim.ndcg10).toBeGreaterThan(0);
    expect(last?.models.slim.peakMemoryBytes).toBeGreaterThan(0);
    expect(last?.bundles).toEqual([(await openArtefact(home, 'bundle')).version]);
  });

  it('need no run: a home without one, as from a bucket, publishes the same bundle', async () => {
    const pulled = join(folder, 'pulled');
    await cp(home, pulled, { recursive: true });
    for (const path of ['runs', 'bundle', 'home.json', 'locks'])
      await rm(join(pulled, path), { recursive: true });
    const { version, folder: made } = await publish({ home: pulled, reproducible: true });
    expect(version).toBe((await openArtefact(home, 'bundle')).version);
    expect(await readJson(join(made, 'bundle.json'))).toHaveProperty('metrics.likedNdcg10');
  });

  it('change the name of what an option changes, and of nothing before it', async () => {
    const changed = join(folder, 'changed');
    await cp(home, changed, { recursive: true });
    const common = { home: changed, reproducible: true };
    await train({ ...common, slim: parseSlimOptions({ regularization: 60 }) });
    await evaluate(common);
    await publish({ ...common, force: true });
    const version = async (home: string, kind: (typeof KINDS)[number]) =>
      (await openArtefact(home, kind)).version;
    for (const kind of KINDS) {
      const same = kind === 'ingest' || kind === 'dataset';
      expect((await version(changed, kind)) === (await version(home, kind))).toBe(same);
    }
  });

  it('refuse to evaluate with times', async () => {
    await expect(evaluate({ home, all: true, reproducible: true })).rejects.toThrow(/choose one/);
  });
});

describe('publishCopy()', () => {
  const clock = () => new Date('2026-05-06T07:08:09.000Z');

  it('gives the same content a name and a time of its own', async () => {
    const target = join(folder, 'served');
    const made = await publishCopy({ home: target, from: home, clock });
    expect(made.version).toMatch(/^20260506T070809-/);
    const source = await openArtefact(home, 'bundle');
    for (const [file, { sha256 }] of Object.entries(source.manifest.files))
      if (file !== 'bundle.json') expect(made.manifest.files[file].sha256).toBe(sha256);
    const bundle = await openBundle(target);
    expect(bundle.about.publishedAt).toBe('2026-05-06T07:08:09.000Z');
    await bundle.close();
    const again = await publishCopy({ home: target, from: home });
    expect(again.comparison).toMatchObject({ compared: true, with: made.version, worse: false });
  });

  it('refuses a damaged bundle and writes nothing', async () => {
    const damaged = join(folder, 'damaged');
    await cp(join(home, 'bundle'), join(damaged, 'bundle'), { recursive: true });
    const { folder: at } = await openArtefact(damaged, 'bundle');
    await rm(join(at, 'slim.safetensors'));
    const target = join(folder, 'untouched');
    await expect(publishCopy({ home: target, from: damaged })).rejects.toThrow(/slim.safetensors/);
    expect(await keptVersions(target, 'bundle')).toEqual([]);
  });

  it('refuses to copy a home onto itself', async () => {
    await expect(publishCopy({ home, from: home })).rejects.toThrow(/--from-home and --home/);
  });
});
