import { describe, expect, it } from 'vitest';
import { keepTitles, keptTitles } from '../../../../src/web/picks/kept-titles.ts';
import { anime } from '../../../support/anime.ts';
import { forbidden, memory } from '../../../support/memory.ts';

const TITLES = [
  anime({ animeId: 457, title: 'Mushishi', titleJapanese: '蟲師' }),
  anime({ animeId: 1, title: '<b>Aria' }),
];

describe('kept titles', () => {
  it('keptTitles() gives back what keepTitles() kept, by id', () => {
    const storage = memory();
    keepTitles(TITLES, () => storage);
    const kept = keptTitles(() => storage);
    expect(kept.get(457)?.titleJapanese).toBe('蟲師');
    for (const title of TITLES) expect(title).toMatchObject(kept.get(title.animeId) ?? {});
    expect(kept.size).toBe(2);
  });

  it.each([null, '', '[]', '{', '"x"', '{"a":1}', '[1]', '[{"title":1}]'])(
    'keptTitles() is empty when %s was kept',
    (kept) => {
      expect(keptTitles(() => memory(kept)).size).toBe(0);
    },
  );

  it('works where storage is forbidden', () => {
    expect(() => keepTitles(TITLES, forbidden)).not.toThrow();
    expect(keptTitles(forbidden).size).toBe(0);
  });
});
