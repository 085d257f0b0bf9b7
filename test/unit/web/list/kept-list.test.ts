import { describe, expect, it } from 'vitest';
import { keepList, keptList } from '../../../../src/web/list/kept-list.ts';
import { anime } from '../../../support/anime.ts';
import { forbidden, memory } from '../../../support/memory.ts';

const LIST = [
  {
    anime: anime({
      animeId: 457,
      title: 'Mushishi',
      titleJapanese: '蟲師',
    }),
    ...{ score: 0.5, prior: 0.1 },
    because: [{ animeId: 1, title: '<b>Aria', shareOfScore: 0.4 }],
    order: { shown: ['people' as const] },
    insteadOf: { animeId: 2, title: 'Mushishi 2' },
  },
];

describe('kept list', () => {
  it('keptList() gives back what keepList() kept', () => {
    const storage = memory();
    keepList(LIST, () => storage);
    const kept = keptList(() => storage);
    expect(kept).toMatchObject([{ ...LIST[0], anime: { title: 'Mushishi', synopsis: null } }]);
    expect(LIST).toMatchObject(kept ?? []);
  });

  it.each([null, '', '[]', '{', '"x"', '{"items":[]}', '[1]', '[{"anime":{"title":1}}]'])(
    'keptList() is null when %s was kept',
    (kept) => {
      expect(keptList(() => memory(kept))).toBeNull();
    },
  );

  it('keptList() is null when an earlier release kept shares of another kind', () => {
    const [{ anime }] = LIST;
    const because = [{ animeId: 1, title: 'Aria', share: 0.4 }];
    expect(keptList(() => memory(JSON.stringify([{ anime, because }])))).toBeNull();
  });

  it('works where storage is forbidden', () => {
    expect(() => keepList(LIST, forbidden)).not.toThrow();
    expect(keptList(forbidden)).toBeNull();
  });
});
