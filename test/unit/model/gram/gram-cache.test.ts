import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../../src/config/model-options.ts';
import { BlockSymmetricMatrix } from '../../../../src/linalg/block-symmetric-matrix.ts';
import { GramCache } from '../../../../src/model/gram/gram-cache.ts';
import { addContent, addUsers } from '../../../../src/model/gram/gram-matrices.ts';
import { slim } from '../../../../src/model/linear/slim.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset();
const options = parseSlimOptions({ regularization: 20 });

describe('GramCache', () => {
  it('makes a matrix once for all readers, and again after it was overwritten', async () => {
    const grams = new GramCache(dataset, { threads: 1 });
    const first = await grams.userGram(options);
    expect(await grams.userGram(options)).toBe(first);
    expect(await grams.userGram(options, 'overwrite')).toBe(first);
    first.set(0, 0, -1);
    const second = await grams.userGram(options);
    expect(second).not.toBe(first);
    expect(second.get(0, 0)).toBeGreaterThan(0);
  });

  it('makes another one for other options', async () => {
    const grams = new GramCache(dataset, { threads: 1 });
    const first = await grams.userGram(options);
    const other = await grams.userGram({ ...options, userNormalization: 0 });
    expect(other.get(0, 0)).not.toBe(first.get(0, 0));
  });

  it('has the same matrices as a model by itself makes', async () => {
    const grams = new GramCache(dataset, { threads: 1 });
    const people = new BlockSymmetricMatrix(dataset.items.size);
    await addUsers(people, dataset, dataset.parts.train, options);
    expect((await grams.userGram(options)).panels).toEqual(people.panels);
    const content = new BlockSymmetricMatrix(dataset.items.size);
    await addContent(content, dataset, { content: 1, features: options.features });
    expect((await grams.contentGram(options.features)).panels).toEqual(content.panels);
  });

  it('gives slim the same model as slim makes alone', async () => {
    const grams = new GramCache(dataset, { threads: 1 });
    await grams.contentGram(options.features);
    await grams.userGram(options);
    const profile = {
      items: Uint32Array.of(1, 5),
      ratings: Uint8Array.of(9, 7),
      statuses: Uint8Array.of(2, 2),
    };
    const shared = await slim.fit(dataset, options, { grams, threads: 1 });
    const alone = await slim.fit(dataset, options, { threads: 1 });
    expect(shared.score(profile)).toEqual(alone.score(profile));
  });

  it('says how long others worked on what was asked for', async () => {
    const grams = new GramCache(dataset, { threads: 1 });
    await grams.userGram(options);
    expect(grams.takeBorrowedSeconds()).toBe(0);
    await grams.userGram(options);
    expect(grams.takeBorrowedSeconds()).toBeGreaterThan(0);
    expect(grams.takeBorrowedSeconds()).toBe(0);
  });
});
