import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../../src/recommend/bundle.ts';
import { kindOf, similarTitles, storyOf } from '../../../../src/server/answers/titles.ts';
import { anime, shelf } from '../../../support/small-catalogue.ts';

const place = (position: number) => ({
  franchiseId: 10,
  name: 'Saga',
  position,
  size: 3,
  prerequisite: position === 1 ? null : 10,
});
const bundle = {
  version: '1',
  ...shelf([
    anime({ animeId: 0, title: 'Known', themes: ['time-travel', 'food', 'sad'] }),
    anime({ animeId: 10, title: 'Saga', members: 9000, franchise: place(1), themes: ['food'] }),
    anime({ animeId: 20, title: 'Saga Recap', type: 'Special', franchise: place(3) }),
    anime({ animeId: 30, title: 'Saga: Beach', type: 'Special', franchise: place(2) }),
    anime({ animeId: 40, title: 'Sea PV', type: 'Special', duration: 1 }),
  ]),
} as unknown as Bundle;

describe('similarTitles()', () => {
  it('says which themes each has in common with the title', () => {
    const { items } = similarTitles(bundle, 0, { limit: 2 });
    expect(items.map((one) => [one.anime.title, one.themes])).toEqual([
      ['Saga', ['food']],
      ['Saga Recap', []],
    ]);
  });
});

describe('storyOf()', () => {
  it('is the watch order, each part with what it is', () => {
    const parts = storyOf(bundle.catalogue, bundle.catalogue[3]);
    expect(parts.map((part) => [part.anime.title, part.kind])).toEqual([
      ['Saga', 'main'],
      ['Saga: Beach', 'extra'],
      ['Saga Recap', 'recap'],
    ]);
    expect(storyOf(bundle.catalogue, bundle.catalogue[0])).toEqual([]);
  });

  it('tells what a title is by itself where it has no story', () => {
    expect(bundle.catalogue.map((one) => kindOf(bundle.catalogue, one))).toEqual([
      ...['main', 'main', 'recap', 'extra', 'promo'],
    ]);
  });
});
