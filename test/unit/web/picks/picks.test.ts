import { describe, expect, it } from 'vitest';
import { keepVisit, keptVisit } from '../../../../src/web/app/kept-visit.ts';
import { changed, NEW_VISIT } from '../../../../src/web/app/visit.ts';
import {
  countTaste,
  pickOf,
  ratingOf,
  verdictOn,
  withVerdict,
} from '../../../../src/web/picks/picks.ts';

describe('picks', () => {
  it('withVerdict() changes a verdict in its place, adds at the end and takes out', () => {
    const picks = withVerdict(withVerdict([], 1, 9), 2, 'seen');
    expect(withVerdict(picks, 1, 4)).toEqual([
      { animeId: 1, verdict: 4 },
      { animeId: 2, verdict: 'seen' },
    ]);
    expect(withVerdict(picks, 1, null)).toEqual([{ animeId: 2, verdict: 'seen' }]);
    expect(withVerdict(picks, 3, null)).toEqual(picks);
    expect(verdictOn(picks, 3)).toBeNull();
  });

  it('ratingOf() says to the server what each verdict means', () => {
    expect(ratingOf({ animeId: 1, verdict: 9 })).toEqual({
      animeId: 1,
      rating: 9,
      status: 'completed',
    });
    expect(ratingOf({ animeId: 1, verdict: 'seen' })).toEqual({ animeId: 1, status: 'completed' });
    expect(ratingOf({ animeId: 1, verdict: 'no' })).toEqual({ animeId: 1, status: 'dropped' });
    expect(ratingOf({ animeId: 1, verdict: 'plan' })).toEqual({
      animeId: 1,
      status: 'plan_to_watch',
    });
  });

  it('countTaste() counts what says something about liking', () => {
    const picks = [9, 'seen', 'no', 'plan'].map((verdict, animeId) => ({
      animeId,
      verdict: verdict as 9 | 'no',
    }));
    expect(countTaste(picks)).toBe(2);
  });

  it('changed() sets a title aside as a reason, counts it again, and forgets it with the title', () => {
    const picked = changed(NEW_VISIT, { do: 'set-verdict', animeId: 1, verdict: 9 });
    const aside = changed(picked, { do: 'count-as-reason', animeId: 1, counts: false });
    expect(aside.excluded).toEqual([1]);
    expect(aside.picks).toEqual(picked.picks);
    expect(changed(aside, { do: 'count-as-reason', animeId: 1, counts: false }).excluded).toEqual([
      1,
    ]);
    expect(changed(aside, { do: 'count-as-reason', animeId: 1, counts: true }).excluded).toEqual(
      [],
    );
    expect(changed(aside, { do: 'set-verdict', animeId: 1, verdict: null }).excluded).toEqual([]);
    expect(changed(aside, { do: 'become', user: 7 }).excluded).toEqual([]);
  });

  it('changed() keeps the visit itself when nothing changes, and clears picks when becoming someone', () => {
    expect(changed(NEW_VISIT, { do: 'open', animeId: null })).toBe(NEW_VISIT);
    const picked = changed(NEW_VISIT, { do: 'set-verdict', animeId: 1, verdict: 9 });
    expect(changed(picked, { do: 'become', user: 7 })).toEqual({ ...NEW_VISIT, user: 7 });
  });
});

describe('list of a person', () => {
  it.each([
    [8, 'dropped', 8, 'dropped'],
    [8, 'watching', 8, 'watching'],
    [null, 'on_hold', 'seen', 'on_hold'],
  ] as const)(
    'pickOf() keeps the status of a score of %s that is %s',
    (rating, status, verdict, sent) => {
      const pick = pickOf(1, rating, status);
      expect(pick.verdict).toBe(verdict);
      expect(ratingOf(pick).status).toBe(sent);
    },
  );
});

describe('storage', () => {
  const memory = (): Storage => {
    const values = new Map<string, string>();
    return {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    } as Storage;
  };

  it('keptVisit() gives back what keepVisit() kept, without the open sheet', () => {
    const storage = memory();
    const visit = changed(changed(NEW_VISIT, { do: 'set-verdict', animeId: 1, verdict: 9 }), {
      do: 'open',
      animeId: 4,
    });
    keepVisit(visit, () => storage);
    expect(keptVisit(() => storage)).toEqual({ ...visit, open: null });
  });

  it("keepVisit() does not overwrite one's own picks while another person's list is looked at", () => {
    const storage = memory();
    keepVisit(changed(NEW_VISIT, { do: 'set-verdict', animeId: 1, verdict: 9 }), () => storage);
    keepVisit(changed(NEW_VISIT, { do: 'become', user: 3 }), () => storage);
    expect(keptVisit(() => storage)?.picks).toHaveLength(1);
  });

  it('keptVisit() is null and keepVisit() quiet when storage is forbidden or holds nonsense', () => {
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(keptVisit(forbidden)).toBeNull();
    expect(() => keepVisit(NEW_VISIT, forbidden)).not.toThrow();
    const storage = memory();
    storage.setItem('osusume.visit', '{"picks":[]}');
    expect(keptVisit(() => storage)).toBeNull();
  });
});
