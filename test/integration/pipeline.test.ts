/** The walk on real lists: the most listed titles of ../shared/data/mal-sample, from CSV to an answer over HTTP. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { csvRecords } from '../../src/data/csv/csv.ts';
import { openArtefact, readJson } from '../../src/home/artefact.ts';
import { type PipelineResult, pipeline } from '../../src/pipeline.ts';
import { serve } from '../../src/serve.ts';
import { sharedData } from '../support/shared.ts';

const TITLES = 1500;
const real = sharedData('mal-sample');

describe.skipIf(!real)('pipeline() on real lists', () => {
  let folder: string;
  let home: string;
  let result: PipelineResult;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-real-'));
    home = join(folder, 'home');
    await cutCatalogue(join(real as string, 'anime.csv'), join(folder, 'anime.csv'));
    await copyFile(join(real as string, 'animelist.csv.gz'), join(folder, 'animelist.csv.gz'));
    result = await pipeline({ config: loadConfig({ home, source: folder }, {}) });
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('accounts for every row, those of titles that were cut included', async () => {
    const { folder: made } = await openArtefact(home, 'ingest');
    const { files } = (await readJson(join(made, 'report.json'))) as {
      files: { read: number; kept: number; duplicates: number; rejected: Record<string, number> }[];
    };
    for (const { read, kept, duplicates, rejected } of files) {
      const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
      expect(read).toBe(kept + duplicates + refused);
    }
    expect(Math.max(...files.map(({ read }) => read))).toBe(1_646_360);
  });

  it('recommends far better than popularity and item-kNN to held-out people', () => {
    const liked = (name: string) =>
      result.leaderboard.models.find(({ model }) => model === name)?.liked.ndcg10.mean ?? 0;
    expect(result.leaderboard.people).toBeGreaterThan(600);
    expect(liked('slim')).toBeGreaterThan(0.5);
    expect(liked('slim')).toBeGreaterThan(liked('item-knn') + 0.1);
    expect(liked('item-knn')).toBeGreaterThan(liked('popularity') + 0.1);
  });

  describe('over HTTP', () => {
    let server: Awaited<ReturnType<typeof serve>>;
    beforeAll(async () => {
      server = await serve({ home, host: '127.0.0.1', port: 0 });
    });
    afterAll(() => server?.close());

    async function ask(body: object): Promise<Item[]> {
      const response = await fetch(`${server.url}/api/recommendations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(200);
      return ((await response.json()) as { items: Item[] }).items;
    }

    it('answers with shares that add up, those of the whole score together with the prior', async () => {
      const ratings = [
        { animeId: 9253, rating: 10 },
        { animeId: 1575, rating: 9 },
        { animeId: 30, rating: 6, status: 'dropped' },
      ];
      const items = await ask({ ratings, because: 500, rules: 'none' });
      expect(items).toHaveLength(20);
      for (const { score, prior, because, order } of items) {
        const sum = (key: 'share' | 'shareOfScore' | 'contribution') =>
          because.reduce((all, part) => all + part[key], 0);
        expect(prior).toBeGreaterThanOrEqual(0);
        expect(sum('contribution') + prior).toBeCloseTo(score, 3);
        expect(sum('share')).toBeCloseTo(1, 3);
        expect(sum('shareOfScore') + prior / score).toBeCloseTo(1, 3);
        const terms = order?.terms.reduce((all, { value }) => all + value, 0) ?? 0;
        expect(terms).toBeCloseTo(order?.value ?? 0, 5);
      }
    });

    it('leaves out what has probably been seen and not named, unless the rule is off or the list is whole', async () => {
      const ratings = [{ animeId: 457 }, { animeId: 9253 }, { animeId: 1 }];
      const listed = async (body: object) =>
        (await ask({ ratings, limit: 10, ...body })).map(({ anime }) => anime.members);
      const total = (members: number[]) => members.reduce((sum, count) => sum + count, 0);
      const usual = await listed({});
      const classics = await listed({ rules: { familiar: false } });
      expect(total(usual)).toBeLessThan(total(classics));
      expect(await listed({ rules: { familiar: true } })).toEqual(usual);
      expect(await listed({ whole: true })).toEqual(
        await listed({ whole: true, rules: { familiar: false } }),
      );
    });
  });
});

interface Item {
  readonly anime: { readonly members: number };
  readonly score: number;
  readonly prior: number;
  readonly because: readonly { share: number; shareOfScore: number; contribution: number }[];
  readonly order: { readonly value: number; readonly terms: readonly { value: number }[] } | null;
}

/** The header and the titles with the most members. */
async function cutCatalogue(from: string, to: string): Promise<void> {
  const [header, ...titles] = csvRecords(await readFile(from, 'utf8'));
  const members = header.fields?.indexOf('Members') ?? -1;
  const kept = titles
    .sort((a, b) => Number(b.fields?.[members]) - Number(a.fields?.[members]))
    .slice(0, TITLES);
  await writeFile(to, `${[header, ...kept].map(({ content }) => content).join('\n')}\n`);
}
