import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArtefactError } from '../../../src/error.ts';
import { sha256Of } from '../../../src/home/checksum.ts';
import { writeSafetensors } from '../../../src/home/safetensors.ts';
import { ItemWeights } from '../../../src/model/item-weights/item-weights.ts';
import { SlimWeights } from '../../../src/model/linear/slim-weights.ts';
import { openBundle } from '../../../src/recommend/bundle.ts';
import { FILES, writeBundle } from '../../../src/recommend/bundle-file.ts';
import { newHome, publishSmall, smallParts } from '../../support/small-bundle.ts';
import {
  CATALOGUE,
  fallingWeights,
  listed,
  slimOf,
  WEIGHTS,
} from '../../support/small-catalogue.ts';

let home: string;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => rm(home, { recursive: true }));

/** Publishes a bundle with one file changed and its checksum made to fit: the damage is in the content. */
async function publishBent(file: string, bend: (path: string) => Promise<void>): Promise<void> {
  const { folder, manifest } = await publishSmall(home);
  const path = join(folder, file);
  await bend(path);
  const files = {
    ...manifest.files,
    [file]: { bytes: (await readFile(path)).length, sha256: await sha256Of(path) },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files }));
}

async function changeJson(path: string, change: (value: never) => unknown): Promise<void> {
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')) as never)));
}

describe('openBundle()', () => {
  it('gives back what writeBundle() was given', async () => {
    const { version } = await publishSmall(home);
    const bundle = await openBundle(home);
    expect(bundle.version).toBe(version);
    expect(bundle.catalogue).toEqual(CATALOGUE);
    expect(bundle.about).toEqual({
      origin: { name: 'tests', synthetic: true },
      fingerprint: 'f00d',
      people: 3,
      titles: 10,
      interactions: 6,
      model: 'slim',
      metrics: { likedNdcg10: 0.57 },
      publishedAt: '2026-01-02T03:04:05.000Z',
    });
    const profile = listed(bundle.items, [0, 'completed', 8]);
    expect(bundle.models.hybrid.score(profile)).toEqual(smallParts().models.slim.score(profile));
    expect((await bundle.search()).find('odd')[0].animeId).toBe(90);
    expect(await bundle.search()).toBe(await bundle.search());
    await bundle.close();
  });

  it('leaves out a second stage of an earlier release, and says so', async () => {
    await publishSmall(home);
    const plain = await openBundle(home);
    await publishBent(FILES.rank, (path) =>
      writeSafetensors(path, {}, { format: 'osusume-rank-1' }),
    );
    const outdated = await openBundle(home);
    const profile = listed(plain.items, [0, 'completed', 8]);
    expect([plain.isOutdated, outdated.isOutdated]).toEqual([false, true]);
    expect(outdated.ranker.recommend(profile)).toEqual(plain.ranker.recommend(profile));
    await plain.close();
    await outdated.close();
  });

  it('reads people by their id, whatever their order in the dataset', async () => {
    await publishSmall(home);
    const { people, close } = await openBundle(home);
    expect(people.size).toBe(3);
    const two = await people.profile(2);
    expect(two && [[...two.items], [...two.ratings], [...two.statuses]]).toEqual([
      [1, 2, 7],
      [8, 0, 10],
      [2, 4, 2],
    ]);
    // However few titles it has: nobody has named just some of them here.
    expect((await people.profile(7))?.isWhole).toBe(true);
    expect([...((await people.profile(7))?.statuses ?? [])]).toEqual([2, 6]);
    expect([...((await people.profile(11880))?.items ?? [])]).toEqual([0]);
    for (const nobody of [-1, 0, 3, 11881, 2 ** 31])
      expect(await people.profile(nobody)).toBeNull();
    await close();
  });

  it('refuses a home without a bundle', async () => {
    const empty = await newHome();
    await expect(openBundle(empty)).rejects.toThrow(/No bundle/);
    await rm(empty, { recursive: true });
  });

  it.each(['slim.safetensors', 'people.safetensors', 'catalogue.json', 'bundle.json'])(
    'refuses a bundle whose %s is truncated or missing',
    async (file) => {
      const { folder } = await publishSmall(home);
      await truncate(join(folder, file), 100);
      await expect(openBundle(home)).rejects.toThrow(ArtefactError);
      await expect(openBundle(home)).rejects.toThrow(file);
      await rm(join(folder, file));
      await expect(openBundle(home)).rejects.toThrow(/is missing/);
    },
  );

  it('refuses a bundle of a release that did not know one of its files', async () => {
    const { folder, manifest } = await publishSmall(home);
    const { 'slim-part-10.safetensors': absent, ...files } = manifest.files;
    expect(absent).toBeDefined();
    await rm(join(folder, 'slim-part-10.safetensors'));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files }));
    const refused = openBundle(home);
    await expect(refused).rejects.toThrow(ArtefactError);
    await expect(refused).rejects.toThrow(/slim-part-10\.safetensors is missing/);
  });

  const bends: [
    what: string,
    file: string,
    bend: (path: string) => Promise<void>,
    message: RegExp,
  ][] = [
    [
      'a catalogue of fewer titles',
      'catalogue.json',
      (path) => changeJson(path, (list: unknown[]) => list.slice(1)),
      /9 titles.*says 10/,
    ],
    [
      'a title without a name',
      'catalogue.json',
      (path) => changeJson(path, (list: object[]) => [{ ...list[0], title: 5 }, ...list.slice(1)]),
      /0\/title/,
    ],
    [
      'two titles of one id',
      'catalogue.json',
      (path) => changeJson(path, (list: object[]) => [list[1], ...list.slice(1)]),
      /id 10 occurs twice/,
    ],
    [
      'another model',
      'bundle.json',
      (path) => changeJson(path, (about: object) => ({ ...about, model: 'oracle' })),
      /bundle\.json: \/model/,
    ],
    [
      'more people than there are',
      'bundle.json',
      (path) => changeJson(path, (about: object) => ({ ...about, people: 4 })),
      /3 people.*says 4/,
    ],
    [
      'a model of other titles',
      'content.safetensors',
      otherModel,
      /has 4 titles, the catalogue has 10/,
    ],
    [
      'people of another file',
      'people.safetensors',
      (path) => copyFile(join(path, '..', 'slim.safetensors'), path),
      /no tensor "users"/,
    ],
  ];
  it.each(bends)('refuses %s, although the checksums fit', async (_what, file, bend, message) => {
    await publishBent(file, bend);
    await expect(openBundle(home)).rejects.toThrow(message);
  });
});

async function otherModel(path: string): Promise<void> {
  await rm(path);
  await new ItemWeights('content', fallingWeights(4), WEIGHTS).save(join(path, '..'));
}

describe('writeBundle()', () => {
  it('refuses parts that do not belong together, before it writes anything', async () => {
    const parts = smallParts();
    const few = slimOf(fallingWeights(3));
    const misnamed = new SlimWeights(parts.models.content);
    await expect(
      writeBundle(home, { ...parts, models: { ...parts.models, slim: few } }),
    ).rejects.toThrow(/3 items, the catalogue 10/);
    await expect(
      writeBundle(home, { ...parts, models: { ...parts.models, slim: misnamed } }),
    ).rejects.toThrow(/expected "slim"/);
    await expect(readFile(join(home, 'bundle.json'))).rejects.toThrow(/ENOENT/);
  });
});
