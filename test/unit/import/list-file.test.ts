import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readListFile } from '../../../src/import/list-file.ts';
import { syntheticExport } from '../../support/synthetic-export.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-list-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readListFile()', () => {
  const xml = syntheticExport([{ animeId: 457, title: 'Mushishi', score: 10 }]);

  it.each<[string, string | Uint8Array, string]>([
    ['list.xml', xml, 'mal-xml'],
    ['list.xml.gz', gzipSync(xml), 'mal-xml'],
    ['named-wrongly.csv', `\uFEFF \n${xml.replace(/^<\?.*\?>\n/, '')}`, 'mal-xml'],
    ['list.csv', 'anime_id,score\n457,10\n', 'csv'],
    ['list.csv.gz', gzipSync('anime_id,score\n457,10\n'), 'csv'],
    ['twice.gz', gzipSync(gzipSync(xml)), 'mal-xml'],
    ['list.json', '[{"mal_id":457,"score":10}]', 'json'],
  ])('tells what %s is by what is in it', async (name, content, source) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const list = await readListFile(path);
    expect(list.source).toBe(source);
    expect(list.rows).toMatchObject([{ animeId: 457, rating: 10 }]);
  });

  it('takes the scale that is given', async () => {
    const path = join(folder, 'stars.csv');
    await writeFile(path, 'anime_id,score\n457,5\n');
    expect((await readListFile(path)).rows[0].rating).toBe(5);
    expect((await readListFile(path, '1-5')).rows[0].rating).toBe(10);
  });

  it('says which file is not there or is a folder', async () => {
    await expect(readListFile(join(folder, 'none.xml'))).rejects.toThrow(/none\.xml: there is no/);
    await expect(readListFile(folder)).rejects.toThrow(/Cannot read the list/);
  });
});
