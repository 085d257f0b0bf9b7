import { describe, expect, it } from 'vitest';
import { en, type Messages } from '../../../../src/web/i18n/en.ts';
import { rounded } from '../../../../src/web/i18n/format.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { reasonParts } from '../../../../src/web/list/reason.ts';
import type { Verdict } from '../../../../src/web/picks/picks.ts';
import { portrait } from '../../../../src/web/picks/portrait.ts';
import {
  changedRules,
  cycleGenre,
  DEFAULT_RULES,
  nothingLeft,
  rulesForRequest,
} from '../../../../src/web/rules/rules.ts';
import { factsLine } from '../../../../src/web/title/facts.ts';
import { nameIn, otherNames, secondName } from '../../../../src/web/title/title-names.ts';
import { anime } from '../../../support/anime.ts';

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
  const sentence = (
    verdicts: Record<number, Verdict>,
    words: Messages = en,
    who: 'you' | 'they' = 'you',
  ) =>
    reasonParts(words, because, said(verdicts), who)
      .map((part) => part.before + part.title + part.closing + part.share + part.after)
      .join('')
      .trim()
      .replaceAll('\u00a0', ' ');

  it('reasonParts() names the two strongest with their shares when both were loved', () => {
    expect(sentence({ 1: 10, 2: 9 })).toBe('because you loved Mushishi 34 % and Natsume 21 %');
  });

  it('reasonParts() changes the verb where the verdict does', () => {
    expect(sentence({ 1: 9, 2: 7 })).toBe('because you loved Mushishi 34 % and liked Natsume 21 %');
    expect(sentence({ 1: 'seen', 2: 4 })).toBe(
      'because you watched Mushishi 34 % and Natsume 21 %',
    );
    expect(sentence({ 1: 8, 2: 'plan' })).toBe(
      'because you liked Mushishi 34 % and plan to watch Natsume 21 %',
    );
  });

  it('reasonParts() ends with the verb in Japanese, and names a title in its brackets', () => {
    expect(sentence({ 1: 10, 2: 9 }, ja)).toBe('「Mushishi」34%と「Natsume」21%が大好きだから');
    expect(sentence({ 1: 8, 2: 'seen' }, ja, 'they')).toBe(
      'この人は「Mushishi」34%が好きで、「Natsume」21%を見たから',
    );
  });

  it('reasonParts() leaves out what was turned down, and shares that speak against the title', () => {
    expect(sentence({ 1: 'no', 2: 9, 3: 9 })).toBe('because you loved Natsume 21 % and Aria 20 %');
    expect(reasonParts(en, [{ animeId: 1, title: 'A', share: -0.2 }], said({}), 'you')).toEqual([]);
  });

  it('reasonParts() does not mention a second title when its share is a trifle', () => {
    const parts = reasonParts(
      en,
      [because[0], { animeId: 9, title: 'B', share: 0.02 }],
      said({ 1: 9, 9: 9 }),
      'you',
    );
    expect(parts.map(({ title }) => title)).toEqual(['Mushishi']);
  });

  it('reasonParts() says 100 % at most, when the other picks speak against a title', () => {
    const parts = reasonParts(en, [{ animeId: 1, title: 'A', share: 1.09 }], said({ 1: 9 }), 'you');
    expect(parts[0].share).toBe('100\u00a0%');
  });
});

describe('facts', () => {
  it('factsLine() names year, kind, length and genres', () => {
    expect(factsLine(en, mushishi)).toBe('2005 · TV · 26 ep · Adventure, Mystery, Slice of Life');
    expect(factsLine(ja, mushishi)).toBe(
      '2005年 · テレビ · 26話 · アドベンチャー、ミステリー、日常',
    );
    expect(factsLine(en, anime({ type: 'Movie', episodes: 1, year: 2016 }))).toBe('2016 · Film');
    expect(factsLine(ja, anime({ genres: ['Unheard of'] }))).toBe('Unheard of');
    expect(factsLine(en, anime({}))).toBe('');
  });

  it('facts.sentence() reads as a sentence whatever is unknown', () => {
    const { sentence } = en.facts;
    expect(sentence(mushishi)).toBe(
      'A 26-episode TV series from autumn 2005 by Artland, from a manga: adventure, mystery, slice of life and seinen.',
    );
    expect(
      sentence(anime({ type: 'OVA', episodes: 1, studios: ['A', 'B'], source: 'Unheard of' })),
    ).toBe('An OVA by A and B.');
    expect(sentence(anime({ episodes: 8, type: 'ONA' }))).toBe('An 8-episode web series.');
    expect(sentence(anime({ episodes: 110 }))).toBe('A 110-episode title.');
    expect(sentence(anime({}))).toBe('A title.');
  });

  it('facts.sentence() reads as sentences in Japanese too', () => {
    const { sentence } = ja.facts;
    expect(sentence(mushishi)).toBe(
      '2005年秋のテレビシリーズ、全26話。制作はArtland、原作は漫画。アドベンチャー、ミステリー、日常、青年。',
    );
    expect(sentence(anime({ type: 'OVA', episodes: 1, studios: ['A', 'B'] }))).toBe(
      'OVA。制作はA、B。',
    );
    expect(sentence(anime({}))).toBe('作品。');
  });

  it('facts.crowd() leaves out what is not known', () => {
    expect(en.facts.crowd(mushishi)).toBe('8.7 from the people who scored it, on 712,000 lists.');
    expect(en.facts.crowd(anime({ members: 3 }))).toBe('Not scored yet, on 3 lists.');
    expect(en.facts.crowd(anime({}))).toBeNull();
    expect(ja.facts.crowd(mushishi)).toBe(
      '評価した人の平均は8.7、71.2万人がリストに入れています。',
    );
    expect(ja.facts.crowd(anime({}))).toBeNull();
  });

  it('rounded() keeps three leading digits', () => {
    expect([0, 7, 999, 1234, 712_483].map(rounded)).toEqual([0, 7, 999, 1230, 712_000]);
  });
});

describe('names', () => {
  it('nameIn() falls back to romaji where a title has no name in the script', () => {
    expect(nameIn(mushishi, 'japanese')).toEqual({ text: '蟲師', lang: 'ja' });
    expect(nameIn(mushishi, 'english')).toEqual({ text: 'Mushi-Shi', lang: 'en' });
    expect(nameIn(anime({}), 'japanese')).toEqual({ text: 'A title', lang: 'ja-Latn' });
    expect(nameIn(anime({}), 'english').text).toBe('A title');
  });

  it('otherNames() tells each other name once, and not one that differs in spacing alone', () => {
    const texts = (script: 'romaji' | 'japanese') =>
      otherNames(mushishi, script).map(({ text }) => text);
    expect(texts('romaji')).toEqual(['蟲師']);
    expect(texts('japanese')).toEqual(['Mushishi']);
    expect(otherNames(anime({}), 'english')).toEqual([]);
  });

  it('secondName() is the Latin one that tells most', () => {
    const titan = anime({ title: 'Shingeki no Kyojin', titleEnglish: 'Attack on Titan' });
    expect(secondName(titan, 'romaji')?.text).toBe('Attack on Titan');
    expect(secondName(titan, 'english')?.text).toBe('Shingeki no Kyojin');
    expect(
      secondName(
        anime({ title: 'Alchemist: Brother', titleEnglish: 'Alchemist:Brother' }),
        'romaji',
      ),
    ).toBeNull();
  });
});

describe('portrait', () => {
  const one = (rating: number | null) => ({
    anime: mushishi,
    rating,
    status: 'completed' as const,
  });

  it('portrait() counts and averages, and divides by no scores never', () => {
    const ofScores = (ratings: (number | null)[]) => portrait(en, { ratings: ratings.map(one) });
    expect(ofScores([8, 7, null])).toBe(
      '3 titles on their list, 2 of them scored, 7.5 on average.',
    );
    expect(ofScores([null])).toBe('1 title on their list, none of them scored.');
    expect(ofScores([])).toBe('0 titles on their list, none of them scored.');
    expect(portrait(ja, { ratings: [one(8)] })).toBe('リストに1作品、うち1作品を採点、平均は8.0。');
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
    expect(nothingLeft(en, { ...DEFAULT_RULES, from: 2001 })).toBe(
      'Nothing left with these filters. Loosen years?',
    );
    expect(nothingLeft(en, { ...DEFAULT_RULES, types: ['TV'], genresIn: ['Drama'] })).toContain(
      'Loosen types or genres?',
    );
    expect(nothingLeft(en, { ...DEFAULT_RULES, niche: 1 })).toContain('Add another title');
  });

  it('changedRules() is empty for the defaults and names every change', () => {
    expect(changedRules(DEFAULT_RULES)).toEqual([]);
    const all = {
      types: ['TV' as const],
      genresIn: ['Drama'],
      genresOut: [],
      from: 1,
      to: null,
      minMembers: 1000,
      niche: 1,
      variety: 1,
    };
    expect(
      changedRules({ ...all, prerequisites: false, franchise: false, planned: true, adult: true }),
    ).toHaveLength(10);
  });

  it('rulesForRequest() completes half-open years and hides adult titles unless asked', () => {
    expect(rulesForRequest({ ...DEFAULT_RULES, to: 1999 })).toMatchObject({
      years: [1907, 1999],
      adult: false,
    });
    expect(rulesForRequest({ ...DEFAULT_RULES, adult: true })).toMatchObject({ adult: true });
    expect(rulesForRequest(DEFAULT_RULES)).not.toHaveProperty('years');
    expect(rulesForRequest(DEFAULT_RULES)).not.toHaveProperty('minMembers');
    expect(
      rulesForRequest({ ...DEFAULT_RULES, minMembers: 1000, planned: true }, [457]),
    ).toMatchObject({ minMembers: 1000, planned: true, without: [457] });
  });
});
