import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeArtefact } from '../../../src/home/artefact.ts';
import { readOrigin, writeOrigin } from '../../../src/home/origin.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-origin-'));
});
afterEach(() => rm(home, { recursive: true }));

const SAMPLE = { name: 'sample', synthetic: true };
const REAL = { name: 'mal-2020', synthetic: false };
const dataOf = async () => (await readOrigin(home)).data;

const bundleFrom = (origin: unknown) =>
  writeArtefact(
    home,
    'bundle',
    (folder) => writeFile(join(folder, 'bundle.json'), JSON.stringify({ origin })),
    { keep: 9 },
  );

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), content);
}

describe('readOrigin()', () => {
  it('is nothing where no data ever was, whatever else lies there', async () => {
    expect(await dataOf()).toBe('nothing');
    expect((await readOrigin(join(home, 'absent'))).data).toBe('nothing');
    await put('posters/1.none', '');
    await put('lost+found/x', '');
    await put('locks/stage.1', '');
    expect(await dataOf()).toBe('nothing');
  });

  it('is told from the artefacts in a home of an earlier release', async () => {
    await bundleFrom(SAMPLE);
    expect(await dataOf()).toBe('sample');
    await put('runs/20260101T000000-abcdef/run.json', '{"origin":"sample"}');
    expect(await dataOf()).toBe('sample');
    await put('runs/20260102T000000-abcdef/run.json', '{"origin":"mal-2020"}');
    expect(await readOrigin(home)).toEqual({ data: 'real', about: 'data from mal-2020' });
  });

  it('is never taken for the sample when something real, damaged or unknown is there', async () => {
    await bundleFrom(SAMPLE);
    await bundleFrom(REAL);
    expect(await dataOf()).toBe('real');
    await rm(join(home, 'bundle'), { recursive: true });
    await bundleFrom(SAMPLE);
    const { folder } = await bundleFrom(SAMPLE);
    await writeFile(join(folder, 'bundle.json'), '');
    expect(await readOrigin(home)).toMatchObject({
      data: 'real',
      about: expect.stringContaining('bundle.json'),
    });
    await rm(join(home, 'bundle'), { recursive: true });
    await writeArtefact(home, 'model', async () => {});
    expect(await dataOf()).toBe('real');
    await rm(join(home, 'model'), { recursive: true });
    await put('source/set.zip', '');
    expect(await dataOf()).toBe('real');
    await rm(join(home, 'source'), { recursive: true });
    await put('bundle/current', '20260101T000000-abcdef');
    expect(await dataOf()).toBe('real');
  });

  it('is what home.json says, unless the artefacts say that there is real data', async () => {
    await writeOrigin(home, 'sample', 'sample');
    expect(await dataOf()).toBe('nothing');
    await bundleFrom(SAMPLE);
    expect(await dataOf()).toBe('sample');
    await writeOrigin(home, 'real', 'a folder named sample');
    expect(await readOrigin(home)).toMatchObject({ about: 'data from a folder named sample' });
    await writeOrigin(home, 'sample', 'sample');
    await bundleFrom(REAL);
    expect(await dataOf()).toBe('real');
  });

  it('is real when home.json is damaged, and stays real when everything else is lost', async () => {
    await bundleFrom(SAMPLE);
    for (const content of ['', '{', 'null', '{"data":"sample"}', '{"data":"x","source":"y"}']) {
      await put('home.json', content);
      expect(await dataOf()).toBe('real');
    }
    await writeOrigin(home, 'real', 'mal-2020');
    await rm(join(home, 'bundle'), { recursive: true });
    expect(await dataOf()).toBe('real');
  });
});
