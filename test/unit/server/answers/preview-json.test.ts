import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../../src/data/id-map.ts';
import { previewOf } from '../../../../src/import/place/preview.ts';
import { previewJson } from '../../../../src/server/answers/preview-json.ts';
import { TimeSlice } from '../../../../src/time-slice.ts';
import { importedList, placedList } from '../../../support/imported-lists.ts';
import { anime } from '../../../support/small-catalogue.ts';

const preview = (titles: number) => {
  const catalogue = Array.from({ length: titles }, (_, animeId) => anime({ animeId }));
  const items = new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId));
  const entries = catalogue.map(({ animeId }) => ({
    animeId,
    rating: 1 + (animeId % 10),
    status: 'completed' as const,
  }));
  return previewOf(placedList(importedList(), { entries }), { catalogue, items });
};

describe('previewJson()', () => {
  it('says all of a preview, whatever its length', async () => {
    for (const titles of [0, 1, 499, 500, 501, 1234]) {
      const whole = await preview(titles);
      const { matched, ...rest } = whole;
      const text = (await previewJson(whole)).toString();
      expect(text).toBe(JSON.stringify({ matched, ...rest }));
    }
  });

  it('stops when nobody waits for it any more', async () => {
    const whole = await preview(100);
    const signal = AbortSignal.abort(new Error('left'));
    await expect(previewJson(whole, { signal })).rejects.toThrow('left');
  });

  it('lets others in between the parts of a long one', async () => {
    const whole = await preview(3000);
    let turns = 0;
    const count = () => {
      turns++;
      waiting = setImmediate(count);
    };
    let waiting = setImmediate(count);
    await previewJson(whole, { slice: new TimeSlice(0) });
    clearImmediate(waiting);
    expect(turns).toBeGreaterThanOrEqual(6);
  });
});
