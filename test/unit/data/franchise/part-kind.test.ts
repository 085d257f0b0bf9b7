import { describe, expect, it } from 'vitest';
import { ownKind, partKinds } from '../../../../src/data/franchise/part-kind.ts';
import { anime } from '../../../support/small-catalogue.ts';

const kind = (known: Partial<Parameters<typeof anime>[0]>) =>
  ownKind(anime({ animeId: 1, type: 'Special', ...known }));

describe('ownKind()', () => {
  it.each([
    ['recap', { title: 'Hoshi no Umi Recap' }],
    ['recap', { title: 'Hoshi', titleJapanese: '星の海 総集編' }],
    ['recap', { synopsis: 'Recap of episodes 1-6 with new narration.' }],
    ['recap', { type: 'Movie' as const, synopsis: 'Second compilation film of the TV series.' }],
    ['picture-drama', { title: 'Hoshi no Umi Picture Drama' }],
    ['picture-drama', { synopsis: 'Picture dramas bundled with the Blu-ray volumes.' }],
    ['promo', { title: 'Hoshi no Umi PV', duration: 2 }],
    ['promo', { synopsis: 'A promotional video for the novel.', duration: 1 }],
    ['promo', { synopsis: 'A collaboration with a noodle maker.', duration: 0.5 }],
    ['music', { title: 'Umi no Uta', type: 'Music' as const }],
    ['music', { title: 'Hoshi no Umi Music Clip' }],
    ['crossover', { synopsis: 'A crossover of two series about the sea.' }],
    ['crossover', { animeId: 18429, type: 'Movie' as const }],
    ['main', { title: 'CMYK no Hoshi', duration: 5 }],
    ['main', { type: 'TV' as const, synopsis: 'Recap of a life at sea.' }],
    ['main', { synopsis: `${'A long voyage. '.repeat(20)} A recap episode follows.` }],
    ['main', { title: 'Hoshi no Umi PV', duration: 24 }],
    ['main', { synopsis: null, duration: null }],
  ])('is %s for %j', (expected, known) => {
    expect(kind(known)).toBe(expected);
  });
});

describe('partKinds()', () => {
  const series = anime({ animeId: 1, members: 9000 });

  it('sets specials, shorts and small OVA beside a better-known series apart', () => {
    const parts = [
      series,
      anime({ animeId: 2, type: 'Special', episodes: 1 }),
      anime({ animeId: 3, type: 'ONA', duration: 4 }),
      anime({ animeId: 4, type: 'OVA', episodes: 2 }),
      anime({ animeId: 5, type: 'OVA', episodes: 8 }),
      anime({ animeId: 6, type: 'Special', episodes: 1, duration: 92 }),
      anime({ animeId: 7, type: 'Movie', episodes: 1, duration: 100 }),
      anime({ animeId: 8, title: 'Saga Recap', type: 'OVA', episodes: 1 }),
    ];
    expect(partKinds(parts)).toEqual([
      ...['main', 'extra', 'extra', 'extra', 'main', 'main', 'main', 'recap'],
    ]);
  });

  it('has no extras where the small parts are the story', () => {
    const parts = [
      anime({ animeId: 1, type: 'OVA', episodes: 2 }),
      anime({ animeId: 2, type: 'Special', episodes: 1 }),
    ];
    expect(partKinds(parts)).toEqual(['main', 'main']);
    expect(
      partKinds([anime({ animeId: 2, type: 'OVA', episodes: 1, members: 9001 }), series]),
    ).toEqual(['main', 'main']);
    expect(partKinds([])).toEqual([]);
  });
});
