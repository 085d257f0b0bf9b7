import { describe, expect, it } from 'vitest';
import type { Opinion } from '../../../../src/api/client.ts';
import { forAndAgainst } from '../../../../src/web/title/opinion/for-against.ts';

const EXPECTED = {
  ...{ score: 8, low: 7, high: 9, coverage: 0.8, everyone: 7.5, level: 0, scored: 4 },
};
const BLANK: Opinion = {
  ...{ animeId: 1, expected: EXPECTED, raising: [], lowering: [], score: 1, prior: 0 },
  ...{ because: [], against: [], order: null, speakingFor: [], speakingAgainst: [] },
  ...{ listed: null, ignored: [], bundle: 'v' },
};
const points = (animeId: number, by: number) => ({
  ...{ animeId, title: `T${animeId}`, rating: 9, points: by },
});
const against = (animeId: number, shareOfScore: number) => ({
  ...{ animeId, title: `T${animeId}`, share: shareOfScore, shareOfScore, contribution: -1 },
});

describe('forAndAgainst()', () => {
  it('has nothing to say of nothing', () => {
    expect(forAndAgainst(BLANK, null)).toEqual({ for: [], against: [] });
    expect(forAndAgainst(BLANK, 7.2)).toEqual({ for: [], against: [] });
  });

  it('names two scores of each kind, without those that would read 0.0', () => {
    const found = forAndAgainst(
      {
        ...BLANK,
        raising: [points(1, 0.5), points(2, 0.3), points(3, 0.2)],
        lowering: [points(4, -0.4), points(5, -0.04)],
      },
      null,
    );
    expect(found.for.map((point) => 'animeId' in point && point.animeId)).toEqual([1, 2]);
    expect(found.against.map((point) => 'animeId' in point && point.animeId)).toEqual([4]);
  });

  it('fills up with titles that the model counts against it, each named once', () => {
    const found = forAndAgainst(
      {
        ...BLANK,
        lowering: [points(4, -0.4)],
        against: [against(4, -0.5), against(6, -0.1), against(7, -0.1), against(8, -0.001)],
      },
      null,
    );
    expect(found.against).toEqual([
      { by: 'score', ...points(4, -0.4) },
      { by: 'title', animeId: 6, title: 'T6' },
    ]);
  });

  it('puts what everyone gives and how the person scores on their side', () => {
    const strict = { ...BLANK, expected: { ...EXPECTED, level: -0.6 } };
    expect(forAndAgainst(strict, 8.4)).toEqual({
      for: [{ by: 'everyone', mean: 8.4 }],
      against: [{ by: 'level', points: -0.6 }],
    });
    expect(forAndAgainst({ ...BLANK, speakingFor: ['people'] }, 6)).toEqual({
      for: [{ by: 'group', group: 'people' }],
      against: [{ by: 'everyone', mean: 6 }],
    });
  });
});
