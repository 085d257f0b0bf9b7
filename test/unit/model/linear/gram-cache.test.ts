import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../../src/config/model-options.ts';
import { ColumnPanels } from '../../../../src/linalg/block-symmetric-matrix.ts';
import { SharedWork } from '../../../../src/model/linear/gram-cache.ts';
import { addContent, addPeople } from '../../../../src/model/linear/gram-matrices.ts';
import { slim } from '../../../../src/model/linear/slim.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset();
const options = parseSlimOptions({ regularization: 20 });

describe('SharedWork', () => {
  it('makes a matrix once for all who read it, and anew after it was overwritten', async () => {
    const work = new SharedWork(dataset);
    const first = await work.peopleGram(options);
    expect(await work.peopleGram(options)).toBe(first);
    expect(await work.peopleGram(options, 'overwrite')).toBe(first);
    first.set(0, 0, -1);
    const second = await work.peopleGram(options);
    expect(second).not.toBe(first);
    expect(second.get(0, 0)).toBeGreaterThan(0);
  });

  it('makes another one for other options', async () => {
    const work = new SharedWork(dataset);
    const first = await work.peopleGram(options);
    const other = await work.peopleGram({ ...options, userNormalization: 0 });
    expect(other.get(0, 0)).not.toBe(first.get(0, 0));
  });

  it('has the same matrices as a model by itself makes', async () => {
    const work = new SharedWork(dataset);
    const people = new ColumnPanels(dataset.items.size);
    await addPeople(people, dataset, dataset.parts.train, options);
    expect((await work.peopleGram(options)).panels).toEqual(people.panels);
    const content = new ColumnPanels(dataset.items.size);
    await addContent(content, dataset, { content: 1, features: options.features });
    expect((await work.contentGram(options.features)).panels).toEqual(content.panels);
  });

  it('gives slim the same model as slim makes alone', async () => {
    const work = new SharedWork(dataset);
    await work.contentGram(options.features);
    await work.peopleGram(options);
    const profile = {
      items: Uint32Array.of(1, 5),
      ratings: Uint8Array.of(9, 7),
      statuses: Uint8Array.of(2, 2),
    };
    const shared = await slim.fit(dataset, options, { work });
    const alone = await slim.fit(dataset, options);
    expect(shared.score(profile)).toEqual(alone.score(profile));
  });

  it('says how long others worked on what was asked for', async () => {
    const work = new SharedWork(dataset);
    await work.peopleGram(options);
    expect(work.takeBorrowedSeconds()).toBe(0);
    await work.peopleGram(options);
    expect(work.takeBorrowedSeconds()).toBeGreaterThan(0);
    expect(work.takeBorrowedSeconds()).toBe(0);
  });
});
