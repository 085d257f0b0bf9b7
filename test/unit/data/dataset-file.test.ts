import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.ts';
import { checkInteractions, openDataset, writeDataset } from '../../../src/data/dataset-file.ts';
import { ArtefactError } from '../../../src/error.ts';
import { writeArtefact } from '../../../src/home/artefact.ts';
import { writeSafetensors } from '../../../src/home/safetensors.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const NOTES = {
  options: { seed: 42 },
  counts: {
    users: 20,
    items: 30,
    rows: 1,
    seen: 1,
    leftOutUsers: 0,
    leftOutRows: 0,
    franchises: 0,
  },
};
const dataset: Dataset = {
  ...smallDataset({ people: 20, titles: 30 }),
  fingerprint: 'f'.repeat(64),
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dataset-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Stores the dataset after `spoil` has changed its files: the checksums are right, the content is not. */
const store = (spoil: (folder: string) => Promise<unknown> = async () => {}) =>
  writeArtefact(home, 'dataset', async (folder) => {
    await writeDataset(folder, dataset, NOTES);
    await spoil(folder);
  });

async function spoilJson(
  folder: string,
  file: string,
  change: (value: never) => unknown,
): Promise<void> {
  const value = JSON.parse(await readFile(join(folder, file), 'utf8')) as never;
  await writeFile(join(folder, file), JSON.stringify(change(value)));
}

describe('openDataset()', () => {
  it('reads back what was written', async () => {
    await store();
    const { items, users, ...rest } = await openDataset(home);
    const { items: writtenItems, users: writtenUsers, ...written } = dataset;
    expect(rest).toEqual(written);
    expect(items.ids).toEqual(writtenItems.ids);
    expect(users.ids).toEqual(writtenUsers.ids);
  });

  it('says which command makes a dataset when there is none', async () => {
    await expect(openDataset(home)).rejects.toThrow(/osusume prepare/);
  });

  it.each(['interactions.safetensors', 'catalogue.json', 'dataset.json'])(
    'refuses a truncated %s, naming it',
    async (file) => {
      const { folder } = await store();
      await truncate(join(folder, file), 100);
      await expect(openDataset(home)).rejects.toThrow(join(folder, file));
      await expect(openDataset(home)).rejects.toThrow(ArtefactError);
    },
  );

  it.each<[string, (description: Dataset) => unknown, RegExp]>([
    ['no object', () => null, /fingerprint/],
    ['a short fingerprint', (value) => ({ ...value, fingerprint: 'abc' }), /fingerprint/],
    ['no origin', (value) => ({ ...value, origin: { name: 'x' } }), /origin/],
    ['no parts', (value) => ({ ...value, parts: null }), /part "train"/],
    [
      'parts that overlap',
      (value) => ({ ...value, parts: { ...value.parts, validation: { from: 0, to: 20 } } }),
      /part "validation"/,
    ],
    [
      'parts that end early',
      (value) => ({
        ...value,
        parts: { ...value.parts, test: { ...value.parts.test, to: value.parts.test.from } },
      }),
      /end at user/,
    ],
  ])('refuses a dataset.json with %s', async (_, change, message) => {
    await store((folder) => spoilJson(folder, 'dataset.json', change));
    await expect(openDataset(home)).rejects.toThrow(message);
    await expect(openDataset(home)).rejects.toThrow(ArtefactError);
  });

  it.each<[string, (titles: { animeId: number }[]) => unknown, RegExp]>([
    ['too few titles', (titles) => titles.slice(1), /29 titles, expected 30/],
    ['another order', (titles) => titles.reverse(), /title 0 has animeId/],
    [
      'a title without genres',
      (titles) => titles.map(({ animeId }) => ({ animeId, title: 'x' })),
      /lacks/,
    ],
    ['no list', () => ({}), /object, expected 30 titles/],
  ])('refuses a catalogue.json with %s', async (_, change, message) => {
    await store((folder) => spoilJson(folder, 'catalogue.json', change));
    await expect(openDataset(home)).rejects.toThrow(message);
  });

  it('refuses ids that occur twice and tensors that are missing', async () => {
    const path = (folder: string) => join(folder, 'interactions.safetensors');
    const ids = { shape: [2], data: Int32Array.of(5, 5) };
    await store(async (folder) => {
      await rm(path(folder));
      await writeSafetensors(path(folder), { users: ids });
    });
    await expect(openDataset(home)).rejects.toThrow(/an id occurs twice in "users"/);
    await store(async (folder) => {
      await rm(path(folder));
      await writeSafetensors(path(folder), { users: { shape: [1], data: Int32Array.of(5) } });
    });
    await expect(openDataset(home)).rejects.toThrow(/no tensor "items"/);
  });
});

describe('checkInteractions()', () => {
  const rows = {
    users: 2,
    items: 4,
    indptr: Uint32Array.of(0, 2, 3),
    indices: Uint32Array.of(1, 3, 0),
    ratings: Uint8Array.of(0, 10, 7),
    statuses: Uint8Array.of(6, 2, 1),
  };

  it('accepts sound rows, and none at all', () => {
    expect(() => checkInteractions('file', rows)).not.toThrow();
    const none = {
      users: 0,
      items: 0,
      indptr: Uint32Array.of(0),
      indices: new Uint32Array(0),
      ratings: new Uint8Array(0),
      statuses: new Uint8Array(0),
    };
    expect(() => checkInteractions('file', none)).not.toThrow();
  });

  it.each<[string, Partial<typeof rows>, RegExp]>([
    [
      'an indptr of the wrong length',
      { indptr: Uint32Array.of(0, 3) },
      /"indptr" has 2 values, expected 3/,
    ],
    ['an indptr that does not start at 0', { indptr: Uint32Array.of(1, 2, 3) }, /runs from 1/],
    [
      'an indptr that does not end at the entries',
      { indptr: Uint32Array.of(0, 2, 9) },
      /to 9, expected 0 to 3/,
    ],
    ['an indptr that falls', { users: 3, indptr: Uint32Array.of(0, 2, 1, 3) }, /falls at user 1/],
    ['too few ratings', { ratings: Uint8Array.of(1) }, /"ratings" has 1 values, expected 3/],
    ['too many statuses', { statuses: new Uint8Array(9).fill(2) }, /"statuses" has 9/],
    [
      'an item out of range',
      { indices: Uint32Array.of(1, 4, 0) },
      /item 4 at entry 1, expected less than 4/,
    ],
    ['items that do not ascend', { indices: Uint32Array.of(3, 1, 0) }, /user 0 do not ascend/],
    ['an item twice', { indices: Uint32Array.of(1, 1, 0) }, /do not ascend/],
    ['a rating of 11', { ratings: Uint8Array.of(0, 11, 0) }, /rating 11/],
    ['a status that does not exist', { statuses: Uint8Array.of(2, 5, 2) }, /status 5/],
  ])('refuses %s, naming the file', (_, change, message) => {
    expect(() => checkInteractions('some/file', { ...rows, ...change })).toThrow(message);
    expect(() => checkInteractions('some/file', { ...rows, ...change })).toThrow('some/file');
  });
});
