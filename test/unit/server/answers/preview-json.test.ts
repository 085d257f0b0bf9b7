import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../../src/data/id-map.ts';
import { previewOf } from '../../../../src/import/preview.ts';
import { previewJson } from '../../../../src/server/answers/preview-json.ts';
import { anime } from '../../../support/small-catalogue.ts';

const preview = (titles: number) => {
  const catalogue = Array.from({ length: titles }, (_, animeId) => anime({ animeId }));
  const items = new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId));
  const entries = [...catalogue, anime({ animeId: 99_999 })].map(({ animeId }) => ({
    animeId,
    title: `“${animeId}”`,
    rating: 1 + (animeId % 10),
    status: 'completed' as const,
  }));
  const list = {
    source: 'csv' as const,
    owner: null,
    entries,
    unknown: [],
    scale: '1-10' as const,
  };
  return previewOf(list, { catalogue, items });
};

describe('previewJson()', () => {
  it('says all of a preview, whatever its length', async () => {
    for (const titles of [0, 1, 499, 500, 501, 1234]) {
      const whole = preview(titles);
      expect(JSON.parse(await previewJson(whole))).toEqual(JSON.parse(JSON.stringify(whole)));
    }
  });

  it('lets others in between the parts of a long one', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      waiting = setImmediate(count);
    };
    let waiting = setImmediate(count);
    await previewJson(preview(3000));
    clearImmediate(waiting);
    expect(turns).toBeGreaterThanOrEqual(6);
  });
});
