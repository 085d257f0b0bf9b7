import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Anime } from '../../../../src/data/anime.ts';
import { readCatalogueFile } from '../../../../src/data/catalogue/catalogue-reader.ts';
import { parseOfflineDatabase } from '../../../../src/data/catalogue/offline-database.ts';
import { Rejects } from '../../../../src/data/csv/rejects.ts';
import { NEVER_ONE_FRANCHISE } from '../../../../src/data/franchise/couplings.ts';
import { assignFranchises } from '../../../../src/data/franchise/franchise.ts';
import { readRelations, relationsOf } from '../../../../src/data/franchise/relations.ts';
import {
  joinedRelations,
  readSourceRelations,
} from '../../../../src/data/franchise/source-relations.ts';
import { sharedData } from '../../../support/shared.ts';
import { anime } from '../../../support/small-dataset.ts';
import expected from './franchises.json' with { type: 'json' };

/** Ids far from real ones, so that no curated story applies. */
const ID = 5_000_000;

function title(id: number, name: string, more: Partial<Anime> = {}): Anime {
  const year = more.year ?? 2010;
  return anime(ID + id, {
    title: name,
    studios: ['Hoshi'],
    year,
    airedFrom: `${year}-04-01`,
    airedTo: `${year}-06-30`,
    ...more,
  });
}

const prerequisites = (titles: readonly Anime[]) =>
  assignFranchises(titles).map(({ franchise }) => (franchise?.prerequisite ?? ID) - ID);

const parseRelations = (value: unknown) => relationsOf(parseOfflineDatabase(JSON.stringify(value)));

describe('assignFranchises()', () => {
  it('returns nothing for no titles', () => {
    expect(assignFranchises([])).toEqual([]);
  });

  it('leaves a title of its own without a franchise', () => {
    expect(assignFranchises([title(1, 'Toridori')])[0].franchise).toBeNull();
  });

  it('keeps works apart that are coupled only by a crossover, whatever the relations say', () => {
    const url = (animeId: number) => `https://myanimelist.net/anime/${animeId}`;
    for (const ids of NEVER_ONE_FRANCHISE) {
      const crossover = ID + 1;
      const titles = [...ids, crossover].map((id, n) => anime(id, { title: `Hoshi${n} no Uta` }));
      const sources = [url(crossover)];
      const related = [{ sources, relatedAnime: ids.map(url) }];
      const coupled = ids.map((id) => ({ sources: [url(id)], relatedAnime: ids.map(url) }));
      const out = assignFranchises(titles, parseRelations({ data: [...related, ...coupled] }));
      const franchises = out.slice(0, -1).map((one) => one.franchise?.franchiseId ?? -one.animeId);
      expect(new Set(franchises).size).toBe(ids.length);
    }
  });

  it('keeps the order of the titles and everything else about them', () => {
    const titles = [
      title(2, 'Toridori 2nd Season', { year: 2012 }),
      title(3, 'Kumokiri'),
      title(1, 'Toridori'),
    ];
    const out = assignFranchises(titles);
    expect(out.map((one) => ({ ...one, franchise: null }))).toEqual(titles);
  });

  it('chains seasons by release, each to the one before', () => {
    const titles = [
      title(1, 'Toridori', { year: 2010 }),
      title(2, 'Toridori 2nd Season', { year: 2012, members: 5000 }),
      title(3, 'Toridori: The Final Season', { year: 2014, members: 9000 }),
    ];
    expect(prerequisites(titles)).toEqual([0, 1, 2]);
    expect(assignFranchises(titles)[2].franchise).toMatchObject({
      franchiseId: ID + 1,
      position: 3,
      size: 3,
    });
  });

  it('puts films and specials behind the season before them', () => {
    const titles = [
      title(1, 'Toridori', { year: 2010 }),
      title(2, 'Toridori 2nd Season', { year: 2012 }),
      title(3, 'Toridori Movie: Sora', { year: 2013, type: 'Movie' }),
      title(4, 'Toridori Specials', { year: 2011, type: 'Special' }),
    ];
    expect(prerequisites(titles)).toEqual([0, 1, 2, 1]);
  });

  it('groups a remake with the original, and neither is a prerequisite of the other', () => {
    const titles = [
      title(1, 'Toridori', { year: 1999 }),
      title(2, 'Toridori (2011)', { year: 2011 }),
      title(3, 'Toridori 2nd Season', { year: 2013 }),
    ];
    expect(prerequisites(titles)).toEqual([0, 0, 2]);
    expect(
      new Set(assignFranchises(titles).map(({ franchise }) => franchise?.franchiseId)).size,
    ).toBe(1);
  });

  it('does not make a better known retelling wait for the older series', () => {
    const titles = [
      title(1, 'Toridori', { members: 1000 }),
      title(2, 'Toridori: Kizuna', { year: 2016, members: 8000 }),
    ];
    expect(prerequisites(titles)).toEqual([0, 0]);
  });

  it('keeps works apart that only begin with the same common word', () => {
    const titles = [
      title(1, 'Blue', { studios: ['A'], titleJapanese: 'ブルー', source: 'Manga' }),
      title(2, 'Blue Drop', {
        studios: ['B'],
        titleJapanese: '青い雫',
        source: 'Original',
        year: 2007,
      }),
      title(3, 'Love Hina', { studios: ['C'] }),
      title(4, 'Love Stage', { studios: ['D'] }),
    ];
    expect(assignFranchises(titles).every(({ franchise }) => franchise === null)).toBe(true);
  });

  it('finds a story by its Japanese title when the romaji differ', () => {
    const titles = [
      title(1, 'Hoshizora Club', { titleJapanese: '星空の下の天文部' }),
      title(2, 'Saigo no Natsu', {
        year: 2012,
        type: 'Movie',
        titleJapanese: '劇場版 星空の下の天文部 最後の夏',
      }),
    ];
    expect(assignFranchises(titles)[1].franchise?.franchiseId).toBe(ID + 1);
  });

  it('does not depend on the order of the titles', () => {
    const titles = [
      'Toridori',
      'Toridori 2nd Season',
      'Toridori Movie',
      'Kumokiri',
      'Kumokiri II',
    ].map((name, i) => title(i + 1, name, { year: 2010 + i }));
    const byId = (list: Anime[]) => list.sort((a, b) => a.animeId - b.animeId);
    expect(byId(assignFranchises(titles.toReversed()))).toEqual(byId(assignFranchises(titles)));
  });

  it('gives distinct positions, and prerequisites only from earlier in the story (so no cycles)', () => {
    const part = fc.constantFrom(
      'Toridori',
      'Kumokiri',
      '2nd Season',
      'II',
      'Movie 1',
      'Movie 2',
      ': Kizuna',
      'Part 3',
      'OVA',
      '(2011)',
      'the Animation',
      '!!',
    );
    const arbitrary = fc.record({
      name: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' ')),
      year: fc.option(fc.integer({ min: 1990, max: 2020 }), { nil: null }),
      type: fc.constantFrom<Anime['type']>('TV', 'Movie', 'OVA', 'ONA', 'Special', 'Music', null),
      members: fc.nat(9999),
      episodes: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 30 }), (list) => {
        const titles = list.map(({ name, year, ...more }, i) => ({
          ...title(i + 1, name, more),
          year,
          airedFrom: year === null ? null : `${year}`,
        }));
        expectSound(assignFranchises(titles));
      }),
    );
  });
});

function expectSound(titles: readonly Anime[]): void {
  const byId = new Map(titles.map((one) => [one.animeId, one]));
  const stories = new Map<number, Anime[]>();
  for (const one of titles) {
    if (one.franchise === null) continue;
    const { franchiseId } = one.franchise;
    stories.set(franchiseId, [...(stories.get(franchiseId) ?? []), one]);
  }
  for (const [franchiseId, story] of stories) {
    const positions = story.map(({ franchise }) => franchise!.position).sort((a, b) => a - b);
    expect(positions).toEqual(story.map((_, i) => i + 1));
    for (const { franchise } of story) {
      expect(franchise!.size).toBe(story.length);
      if (franchise!.position === 1) expect(byId.get(franchiseId)!.franchise).toEqual(franchise);
      if (franchise!.prerequisite === null) continue;
      const before = byId.get(franchise!.prerequisite)!.franchise!;
      expect(before.franchiseId).toBe(franchiseId);
      expect(before.position).toBeLessThan(franchise!.position);
    }
  }
}

describe('assignFranchises() with relations', () => {
  const url = (id: number) => `https://myanimelist.net/anime/${ID + id}`;
  const entry = (id: number, related: number[], synonyms: string[] = []) => ({
    sources: ['https://anidb.net/anime/1', url(id)],
    synonyms,
    relatedAnime: related.map(url),
  });

  it('joins titles that share nothing but a relation, and needs the better known one first', () => {
    const titles = [
      title(1, 'Toridori', { members: 9000 }),
      title(2, 'Hane no Nai Tenshi', { year: 2012, members: 500 }),
    ];
    const relations = parseRelations({ data: [entry(1, [2]), entry(2, [1])] });
    expect(assignFranchises(titles, relations)[1].franchise).toMatchObject({
      franchiseId: ID + 1,
      prerequisite: ID + 1,
    });
  });

  it('adds synonyms once and leaves those alone that are titles already', () => {
    const titles = [title(1, 'Toridori', { synonyms: ['Birds'] })];
    const relations = parseRelations({
      data: [entry(1, [], ['Birds', 'Toridori', 'Many Birds', 'Many Birds', ' '])],
    });
    expect(assignFranchises(titles, relations)[0].synonyms).toEqual(['Birds', 'Many Birds']);
  });

  it('does not let a crossover make two stories one', () => {
    const titles = [
      title(1, 'Toridori'),
      title(2, 'Toridori 2nd Season', { year: 2012 }),
      title(3, 'Kumokiri', { studios: ['Other'] }),
      title(4, 'Kumokiri II', { year: 2012, studios: ['Other'] }),
      title(5, 'Minna no Quartet', { year: 2015, studios: ['Third'] }),
    ];
    const out = assignFranchises(
      titles,
      parseRelations({ data: [entry(5, [1, 3]), entry(1, [2, 5]), entry(3, [4, 5])] }),
    );
    expect(out.map(({ franchise }) => (franchise?.franchiseId ?? ID) - ID)).toEqual([
      1, 1, 3, 3, 0,
    ]);
  });

  it('ignores relations to titles outside the catalogue', () => {
    expect(
      assignFranchises([title(1, 'Toridori')], parseRelations({ data: [entry(1, [77, 1])] }))[0]
        .franchise,
    ).toBeNull();
  });
});

describe('readSourceRelations()', () => {
  it('puts prequels first, and ignores shared characters', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'related-'));
    const path = join(folder, 'related.json');
    const others = (...pairs: [number, string | null][]) =>
      pairs.map(([animeId, kind]) => ({ animeId: ID + animeId, kind }));
    await writeFile(
      path,
      JSON.stringify([
        { animeId: ID + 2, others: others([1, 'prequel'], [4, 'other']) },
        { animeId: ID + 2, others: others([3, 'sequel']) },
      ]),
    );
    const titles = [
      title(1, 'Toridori', { members: 10 }),
      title(2, 'Hane no Nai Tenshi', { year: 2012, members: 9000 }),
      title(3, 'Kumokiri', { year: 2014, members: 9000 }),
      title(4, 'Minna no Quartet', { year: 2015 }),
    ];
    const relations = joinedRelations(null, await readSourceRelations(path));
    const places = assignFranchises(titles, relations).map(({ franchise }) => franchise);
    expect(places.map((place) => place && place.franchiseId - ID)).toEqual([1, 1, 1, null]);
    expect(places.map((place) => place?.prerequisite ?? null)).toEqual([
      null,
      ID + 1,
      ID + 2,
      null,
    ]);
    await writeFile(path, '[{"animeId":1}]');
    await expect(readSourceRelations(path)).rejects.toThrow(/related\.json is damaged/);
    await rm(folder, { recursive: true });
  });
});

describe('readRelations()', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relations-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['nothing', '', /not an anime-offline-database file/],
    ['no JSON', '{', /not an anime-offline-database file/],
    ['no list', '{"data":{}}', /no list "data"/],
    ['null', 'null', /no list "data"/],
    ['a null entry', '{"data":[null]}', /"sources" of entry 0/],
    ['sources that are no texts', '{"data":[{"sources":[1]}]}', /"sources" of entry 0/],
    [
      'synonyms that are no list',
      '{"data":[{"sources":[],"synonyms":"a"}]}',
      /"synonyms" of entry 0/,
    ],
  ])('refuses a file with %s, naming it', async (_, text, message) => {
    const path = join(folder, 'relations.json');
    await writeFile(path, text);
    await expect(readRelations(path)).rejects.toThrow(message);
    await expect(readRelations(path)).rejects.toThrow(path);
  });

  it('names a file that does not exist', async () => {
    await expect(readRelations(join(folder, 'absent.json'))).rejects.toThrow(
      /absent\.json.*Download/s,
    );
  });
});

const catalogue = sharedData('mal-sample/anime.csv');

describe.skipIf(!catalogue)('assignFranchises() on the real catalogue', () => {
  let folder: string;
  let titles: Map<number, Anime>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'franchise-'));
    const rejects = new Rejects(join(folder, 'rejected.csv'));
    const read = await readCatalogueFile(catalogue!, rejects.open('anime.csv'));
    rejects.close();
    const out = assignFranchises([...read.titles.values()]);
    titles = new Map(out.map((one) => [one.animeId, one]));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const franchiseOf = (animeId: number) => titles.get(animeId)?.franchise?.franchiseId ?? -animeId;

  it('keeps each hand-checked story together', () => {
    for (const { name, titles: checked } of expected.franchises) {
      const found = new Set(checked.map(([animeId]) => franchiseOf(animeId!)));
      expect([name, found.size]).toEqual([name, 1]);
    }
  });

  it('keeps the hand-checked stories apart', () => {
    const found = expected.franchises.map(({ titles: [[first]] }) => franchiseOf(first!));
    expect(new Set(found).size).toBe(expected.franchises.length);
  });

  it('finds the hand-checked prerequisites, all but those known to be out of reach', () => {
    const wrong = expected.franchises.flatMap(({ titles: checked }) =>
      checked
        .filter(
          ([animeId, before]) => (titles.get(animeId!)?.franchise?.prerequisite ?? null) !== before,
        )
        .map(([animeId]) => String(animeId)),
    );
    expect(wrong.sort()).toEqual(Object.keys(expected.unreachable).sort());
    expect(wrong.length).toBe(4);
  });

  it('keeps the works apart that crossovers couple', () => {
    for (const ids of NEVER_ONE_FRANCHISE)
      expect(new Set(ids.map(franchiseOf)).size).toBe(ids.length);
  });

  it('joins no more than what belongs together', () => {
    const sizes = new Map(
      [...titles.values()].flatMap(({ franchise }) =>
        franchise ? [[franchise.name, franchise.size]] : [],
      ),
    );
    const [[largest, size]] = [...sizes].sort((a, b) => Number(b[1]) - Number(a[1]));
    expect(largest).toBe('Gundam');
    expect(size).toBeLessThan(140);
  });

  it('is sound', () => {
    expectSound([...titles.values()]);
  });
});
