import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  recommendInTerminal,
  type TerminalRequest,
} from '../../../../src/cli/output/terminal-recommendations.ts';
import { aniListEntry, aniListReply } from '../../../support/anilist-answers.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import { syntheticExport } from '../../../support/synthetic-export.ts';
import { type UpstreamServer, upstreamServer } from '../../../support/upstream-server.ts';

let home: string;
let site: UpstreamServer;
beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  site = await upstreamServer();
});
afterAll(async () => {
  await site.close();
  await rm(home, { recursive: true });
});

async function recommend(part: Partial<TerminalRequest>) {
  const sites = { anilist: site.url, myanimelist: site.url };
  const request = { home, like: [], limit: '3', rules: true, sites, ...part };
  const { json, text } = await recommendInTerminal(request);
  const { items, ignored, unknown } = json as {
    items: { anime: { animeId: number } }[];
    ignored: number[];
    unknown: unknown[];
  };
  return { ids: items.map(({ anime }) => anime.animeId), ignored, unknown, text };
}

describe('recommendInTerminal()', () => {
  it('takes an export, packed or not, a CSV and an AniList name for the same list', async () => {
    const xml = syntheticExport([
      { animeId: 10, title: 'Loner', score: 9 },
      { animeId: 999, title: 'Too new', score: 8 },
    ]);
    const files: [name: string, content: string | Buffer][] = [
      ['list.xml', xml],
      ['list.xml.gz', gzipSync(xml)],
      ['list.csv', 'anime_id,score,title\n10,9,Loner\n'],
    ];
    for (const [name, content] of files) await writeFile(join(home, name), content);
    const plain = await recommend({ list: join(home, 'list.xml') });
    expect(plain.ids).not.toContain(999);
    expect(plain.ignored).toEqual([]);
    expect(plain.unknown).toMatchObject([{ title: 'Too new', animeId: 999, reason: 'newer' }]);
    expect(plain.text).toContain('Newer than this catalogue, which ends in 2010: Too new');
    expect(await recommend({ list: join(home, 'list.xml.gz') })).toEqual(plain);
    expect((await recommend({ list: join(home, 'list.csv') })).ids).not.toContain(10);

    site.play((asked) =>
      aniListReply(asked, [
        aniListEntry(1, { idMal: 10, score: 90 }),
        aniListEntry(2, { idMal: null, title: 'Elsewhere' }),
      ]),
    );
    const named = await recommend({ anilist: 'Aoi' });
    expect(named.ids).not.toContain(10);
    expect(named.text).toContain('Not in this catalogue, which ends in 2010: Elsewhere');
  });

  it('says why with shares of the whole score', async () => {
    const { text } = await recommend({ like: ['0:9'], classics: true });
    expect(text).toContain('because of Known 100 %');
    expect((await recommend({ like: ['10:9'] })).text).toContain('the best of what is left');
  });

  it('adds what is liked to the list', async () => {
    const path = join(home, 'one.csv');
    await writeFile(path, 'anime_id\n10\n');
    expect((await recommend({ list: path, like: ['20:9'] })).ids).not.toContain(20);
  });

  it.each<[Partial<TerminalRequest>, RegExp]>([
    [{}, /For whom\?.*--anilist/],
    [{ list: 'a.xml', anilist: 'Aoi' }, /One list at a time/],
    [{ user: '1', list: '/nowhere.xml' }, /there is no such file/],
    [{ list: '' }, /Cannot read the list/],
    [{ myanimelist: 'Aoi' }, /MAL_CLIENT_ID/],
    [{ anilist: 'not a name' }, /letters, digits/],
  ])('says what is wrong with %j', async (request, message) => {
    await expect(recommend(request)).rejects.toThrow(message);
  });
});
