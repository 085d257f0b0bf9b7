/** What is most like fifty well-known titles of the sample, read and agreed with: at least half of the named ones come. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../../../src/config/config.ts';
import { pipeline } from '../../../../src/pipeline.ts';
import { type Bundle, openBundle } from '../../../../src/recommend/bundle.ts';
import { AGREED } from './agreed.ts';

const TOP = 10;
let home: string;
let bundle: Bundle;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-similar-'));
  await pipeline({ config: loadConfig({ home }, {}), map: false });
  bundle = await openBundle(home);
}, 600_000);
afterAll(async () => {
  await bundle.close();
  await rm(home, { recursive: true, force: true });
});

it('has an opinion on fifty titles', () => {
  expect(new Set(AGREED.map(([title]) => title)).size).toBe(50);
});

it.each(AGREED)('%s: %s', (title, _reason, alike) => {
  const { catalogue, models } = bundle;
  const item = catalogue.findIndex((anime) => anime.title === title);
  for (const name of alike) expect(catalogue.map((anime) => anime.title)).toContain(name);
  const { items } = models.hybrid.similarItems(item, TOP);
  const found = [...items].map((other) => catalogue[other].title);
  const agreed = alike.filter((name) => found.includes(name));
  expect(agreed.length, `found: ${found.join(', ')}`).toBeGreaterThanOrEqual(alike.length / 2);
});
