import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataFacts } from '../../src/data/data-facts.ts';
import { withDatabase } from '../../src/data/database.ts';
import { explore } from '../../src/explore.ts';
import { openArtefact, readJson } from '../../src/home/artefact.ts';
import { ingest } from '../../src/ingest.ts';
import { prepare } from '../../src/prepare.ts';
import type { IngestReport } from '../../src/source/ingest/ingest-report.ts';
import { writeSample } from '../../src/source/sample/sample.ts';
import { isSelfContained } from '../support/self-contained.ts';

let home: string;
let facts: DataFacts;
let html: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-explore-'));
  await writeSample(join(home, 'source'), { people: 300, seed: 5 });
  await ingest({ home, source: join(home, 'source') });
  await prepare({ home });
  const found = await explore({ home, threads: 1 });
  facts = found.facts;
  html = await readFile(found.path, 'utf8');
});
afterAll(() => rm(home, { recursive: true, force: true }));

const total = (counts: readonly { count: number }[]) =>
  counts.reduce((sum, { count }) => sum + count, 0);

describe('explore()', () => {
  it('accounts for every row, person and title', async () => {
    const { folder } = await openArtefact(home, 'ingest');
    const { files } = (await readJson(join(folder, 'report.json'))) as IngestReport;
    const ratings = files.find(({ file }) => /animelist/.test(file));
    expect(facts.rows).toBe(ratings?.kept);
    expect(facts.people).toBe(300);
    expect(total(facts.ratings) + facts.unscored).toBe(facts.rows);
    expect(total(facts.statuses)).toBe(facts.rows);
    expect(total(facts.listLengths)).toBe(facts.people);
    expect(facts.longTail.at(-1)).toEqual({ titles: 1, rows: 1 });
    expect(total(facts.typesByYear)).toBeLessThanOrEqual(facts.titles);
  });

  it('counts as the rows say', async () => {
    const { folder } = await openArtefact(home, 'ingest');
    await withDatabase({ threads: 1 }, async (connection) => {
      const one = async (sql: string) => {
        const result = await connection.runAndReadAll(sql);
        return Number(result.getRows()[0][0]);
      };
      const rows = `read_parquet('${join(folder, 'interactions.parquet')}')`;
      const titles = `read_parquet('${join(folder, 'anime.parquet')}')`;
      expect(facts.meanRating).toBeCloseTo(
        await one(`SELECT avg(rating) FROM ${rows} WHERE rating > 0`),
        9,
      );
      const genre = facts.genres[0];
      expect(genre.count).toBe(
        await one(`SELECT count(*) FROM ${titles} WHERE list_contains(genres, '${genre.name}')`),
      );
      expect(facts.mostListed[0].count).toBe(
        await one(`SELECT max(n) FROM (SELECT count(*) AS n FROM ${rows} GROUP BY anime_id)`),
      );
      expect(facts.missing.find(({ name }) => name === 'synopsis')?.count).toBe(
        await one(`SELECT count(*) FROM ${titles} WHERE synopsis IS NULL`),
      );
    });
  });

  it('puts list lengths into bins that hold them', () => {
    for (const [i, { from, to, name }] of facts.listLengths.entries()) {
      expect(Number(name)).toBeGreaterThanOrEqual(from - 1e-6);
      expect(Number(name)).toBeLessThan(to);
      if (i > 0) expect(from).toBeGreaterThanOrEqual(facts.listLengths[i - 1].to - 1e-6);
    }
  });

  it('writes one page that needs nothing else', () => {
    expect(isSelfContained(html)).toBe(true);
    for (const heading of ['What was read', 'Ratings', 'long tail', 'Titles', 'Missing values'])
      expect(html).toContain(heading);
    expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(9);
    expect(html).toContain(
      facts.mostListed[0].name.slice(0, 20).replaceAll(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
    );
    expect(html).toMatch(/300 people/);
    expect(html).toMatch(/for validation/);
  });

  it('says what to do when nothing was ingested', async () => {
    await expect(explore({ home: join(home, 'empty') })).rejects.toThrow(/osusume ingest/);
  });
});
