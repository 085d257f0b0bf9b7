import { describe, expect, it } from 'vitest';
import {
  crowdSentence,
  englishTitle,
  factsLine,
  factsSentence,
  otherTitles,
  roundly,
} from '../../src/web/facts.ts';
import type { Verdict } from '../../src/web/picks.ts';
import { portrait } from '../../src/web/portrait.ts';
import { NO_REASON, reasonParts, reasonSentence } from '../../src/web/reason.ts';
import {
  changedRules,
  cycleGenre,
  DEFAULT_RULES,
  nothingLeft,
  rulesForRequest,
} from '../../src/web/rules.ts';
import { anime } from './anime.ts';

const mushishi = anime({
  animeId: 457,
  title: 'Mushishi',
  titleEnglish: 'Mushi-Shi',
  titleJapanese: '蟲師',
  type: 'TV',
  episodes: 26,
  year: 2005,
  season: 'fall',
  genres: ['Adventure', 'Mystery', 'Slice of Life', 'Seinen'],
  studios: ['Artland'],
  source: 'Manga',
  meanScore: 8.69,
  members: 712_483,
});

describe('reason', () => {
  const because = [
    { animeId: 1, title: 'Mushishi', share: 0.344 },
    { animeId: 2, title: 'Natsume', share: 0.21 },
    { animeId: 3, title: 'Aria', share: 0.2 },
  ];
  const said = (verdicts: Record<number, Verdict>) => (animeId: number) =>
    verdicts[animeId] ?? null;
  const sentence = (verdicts: Record<number, Verdict>) =>
    reasonSentence(reasonParts(because, said(verdicts)), 'you').replaceAll('\u00a0', ' ');

  it('reasonSentence() names the two strongest with their shares when both were loved', () => {
    expect(sentence({ 1: 10, 2: 9 })).toBe('because you loved Mushishi 34 % and Natsume 21 %');
  });

  it('reasonSentence() changes the verb where the verdict does', () => {
    expect(sentence({ 1: 9, 2: 7 })).toBe('because you loved Mushishi 34 % and liked Natsume 21 %');
    expect(sentence({ 1: 'seen', 2: 4 })).toBe(
      'because you watched Mushishi 34 % and Natsume 21 %',
    );
    expect(sentence({ 1: 8, 2: 'plan' })).toBe(
      'because you liked Mushishi 34 % and plan to watch Natsume 21 %',
    );
  });

  it('reasonParts() leaves out what was turned down, and shares that speak against the title', () => {
    expect(sentence({ 1: 'no', 2: 9, 3: 9 })).toBe('because you loved Natsume 21 % and Aria 20 %');
    expect(reasonParts([{ animeId: 1, title: 'A', share: -0.2 }], said({}))).toEqual([]);
  });

  it('reasonParts() does not mention a second title when its share is a trifle', () => {
    const parts = reasonParts(
      [because[0], { animeId: 9, title: 'B', share: 0.02 }],
      said({ 1: 9, 9: 9 }),
    );
    expect(parts.map(({ title }) => title)).toEqual(['Mushishi']);
  });

  it('reasonParts() says 100 % at most, when the other picks speak against a title', () => {
    const parts = reasonParts([{ animeId: 1, title: 'A', share: 1.09 }], said({ 1: 9 }));
    expect(parts[0].share).toBe('100\u00a0%');
  });

  it('reasonSentence() says so when no title explains it', () => {
    expect(reasonSentence([], 'they')).toBe(NO_REASON);
  });
});

describe('facts', () => {
  it('factsLine() names year, kind, length and genres', () => {
    expect(factsLine(mushishi)).toBe('2005 · TV · 26 ep · Adventure, Mystery, Slice of Life');
    expect(factsLine(anime({ type: 'Movie', episodes: 1, year: 2016 }))).toBe('2016 · Film');
    expect(factsLine(anime({}))).toBe('');
  });

  it('factsSentence() reads as a sentence whatever is unknown', () => {
    expect(factsSentence(mushishi)).toBe(
      'A 26-episode TV series from autumn 2005 by Artland, from a manga: adventure, mystery, slice of life and seinen.',
    );
    expect(
      factsSentence(anime({ type: 'OVA', episodes: 1, studios: ['A', 'B'], source: 'Unheard of' })),
    ).toBe('An OVA by A and B.');
    expect(factsSentence(anime({ episodes: 8, type: 'ONA' }))).toBe('An 8-episode web series.');
    expect(factsSentence(anime({ episodes: 110 }))).toBe('A 110-episode title.');
    expect(factsSentence(anime({}))).toBe('A title.');
  });

  it('crowdSentence() leaves out what is not known', () => {
    expect(crowdSentence(mushishi)).toBe('8.7 from the people who scored it, on 712,000 lists.');
    expect(crowdSentence(anime({ members: 3 }))).toBe('Not scored yet, on 3 lists.');
    expect(crowdSentence(anime({}))).toBeNull();
  });

  it('otherTitles() tells each other name once, and not one that differs in spacing alone', () => {
    expect(otherTitles(mushishi)).toEqual(['蟲師']);
    expect(
      englishTitle(anime({ title: 'Alchemist: Brother', titleEnglish: 'Alchemist:Brother' })),
    ).toBeNull();
    expect(
      englishTitle(anime({ title: 'Shingeki no Kyojin', titleEnglish: 'Attack on Titan' })),
    ).toBe('Attack on Titan');
  });

  it('roundly() keeps three leading digits', () => {
    expect([0, 7, 999, 1234, 712_483].map(roundly)).toEqual(['0', '7', '999', '1,230', '712,000']);
  });
});

describe('portrait', () => {
  it('portrait() counts and averages, and divides by no scores never', () => {
    const one = (rating: number | null) => ({ anime: mushishi, rating, status: 'completed' });
    expect(portrait({ userId: 1, ratings: [one(8), one(7), one(null)] })).toBe(
      '3 titles on their list, 2 of them scored, 7.5 on average.',
    );
    expect(portrait({ userId: 1, ratings: [one(null)] })).toBe(
      '1 title on their list, none of them scored.',
    );
    expect(portrait({ userId: 1, ratings: [] })).toBe(
      '0 titles on their list, none of them scored.',
    );
  });
});

describe('rules', () => {
  it('cycleGenre() goes from either way to only with it, to never, and back', () => {
    const once = cycleGenre(DEFAULT_RULES, 'Drama');
    const twice = cycleGenre(once, 'Drama');
    expect([once.genresIn, once.genresOut]).toEqual([['Drama'], []]);
    expect([twice.genresIn, twice.genresOut]).toEqual([[], ['Drama']]);
    expect(cycleGenre(twice, 'Drama')).toEqual(DEFAULT_RULES);
  });

  it('nothingLeft() names the filters that can be loosened', () => {
    expect(nothingLeft({ ...DEFAULT_RULES, from: 2001 })).toBe(
      'Nothing left with these filters. Loosen years?',
    );
    expect(nothingLeft({ ...DEFAULT_RULES, types: ['TV'], genresIn: ['Drama'] })).toContain(
      'Loosen types or genres?',
    );
    expect(nothingLeft({ ...DEFAULT_RULES, niche: 1 })).toContain('Add another title');
  });

  it('changedRules() is empty for the defaults and names every change', () => {
    expect(changedRules(DEFAULT_RULES)).toEqual([]);
    const all = {
      types: ['TV'],
      genresIn: ['Drama'],
      genresOut: [],
      from: 1,
      to: null,
      niche: 1,
      variety: 1,
    };
    expect(
      changedRules({ ...all, prerequisites: false, franchise: false, adult: true }),
    ).toHaveLength(8);
  });

  it('rulesForRequest() completes half-open years and hides adult titles unless asked', () => {
    expect(rulesForRequest({ ...DEFAULT_RULES, to: 1999 })).toMatchObject({
      years: [1907, 1999],
      adult: false,
    });
    expect(rulesForRequest({ ...DEFAULT_RULES, adult: true })).toMatchObject({ adult: true });
    expect(rulesForRequest(DEFAULT_RULES)).not.toHaveProperty('years');
  });
});
