import { describe, expect, it } from 'vitest';
import { broadcastOf, collectedOn } from '../../../../src/data/catalogue/broadcast.ts';

const title = (airedFrom: string | null, more = {}) => ({
  airedFrom,
  airedTo: null,
  episodes: 12,
  meanScore: 7,
  ...more,
});

describe('collectedOn()', () => {
  it('is the last beginning among the titles that people could score', () => {
    const unscored = title('2021-05', { meanScore: null });
    expect(collectedOn([title('2021-01-09'), title('2020'), title(null), unscored])).toBe(
      '2021-01-09',
    );
    expect(collectedOn([unscored])).toBeNull();
    expect(collectedOn([])).toBeNull();
  });

  it('passes over a wrong date among thousands', () => {
    const many = Array.from({ length: 4000 }, () => title('2020-10-02'));
    expect(collectedOn([...many, title('2099-01-01')])).toBe('2020-10-02');
  });
});

describe('broadcastOf()', () => {
  const collected = '2021-02-11';
  it.each([
    ['unaired', title('2021-03-27', { meanScore: null })],
    ['unaired', title('2021', { meanScore: null })],
    ['unaired', title('2021-02', { meanScore: null })],
    ['unaired', title(null, { meanScore: null })],
    ['airing', title('2021-01-09')],
    ['airing', title('1999-10-20', { episodes: null })],
    ['airing', title('2021-01-09', { airedTo: '2021-04-01' })],
    ['finished', title('2021-01-09', { airedTo: '2021-02-11' })],
    ['finished', title('2020', { meanScore: null, airedTo: '2020' })],
    ['finished', title('2005')],
    ['unknown', title(null)],
  ])('is %s for %j', (expected, known) => {
    expect(broadcastOf(known, collected)).toBe(expected);
  });

  it('says nothing where no title has a score and a date', () => {
    expect(broadcastOf(title(null, { meanScore: null }), null)).toBe('unknown');
  });
});
