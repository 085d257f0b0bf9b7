import { describe, expect, it } from 'vitest';
import type { Recommendation } from '../../../src/api/client.ts';
import { messagesIn } from '../../../src/embed/messages.ts';
import { reasonText } from '../../../src/embed/reason.ts';
import { anime } from '../../support/anime.ts';

const cause = (animeId: number, title: string, shareOfScore: number) => ({
  ...{ animeId, title, shareOfScore },
  ...{ share: shareOfScore, contribution: shareOfScore },
});
const TITLE: Recommendation = {
  ...{ rank: 1, anime: anime({ members: 900_000 }), score: 1, prior: 0 },
  because: [cause(1, 'Mushishi', 0.4), cause(2, 'Aria', 0.3)],
  order: null,
};

function text(part: Partial<Recommendation>, language = 'en'): string {
  const nameOf = ({ title }: { title: string }) => title;
  const said = reasonText({ ...TITLE, ...part }, messagesIn(language), nameOf);
  return said.replaceAll('\u00a0', ' ');
}

describe('reasonText()', () => {
  it('names titles with their shares of the whole score', () => {
    expect(text({})).toBe('because of Mushishi 40 % and Aria 30 %');
    expect(text({}, 'ja')).toBe('「Mushishi」40%と「Aria」30%の好みから');
  });

  it('says first that a title is well known when that is most of the score', () => {
    const because = [cause(1, 'Mushishi', 0.2)];
    expect(text({ prior: 0.7, because })).toBe(
      'well known and loved by many 70 %, and because of Mushishi 20 %',
    );
    expect(text({ prior: 0.7, because }, 'ja')).toBe(
      '広く愛されている作品（70%）。さらに「Mushishi」20%の好みから',
    );
    expect(text({ prior: 0.3, because: [cause(1, 'Mushishi', 0.6)] })).toBe(
      'because of Mushishi 60 %, and well known and loved by many 30 %',
    );
  });

  it('adds what the second stage counts for the title', () => {
    const order = { value: 1, terms: [], shown: ['kind' as const, 'people' as const] };
    expect(text({ order })).toBe(
      'because of Mushishi 40 % and Aria 30 %; its kind and genres are yours',
    );
    expect(text({ order, because: [] }, 'ja')).toBe('種類とジャンルが好みどおり');
  });

  it('speaks of small hints only where there are some', () => {
    const small = [1, 2, 3].map((id) => cause(id, `T${id}`, 0.03));
    expect(text({ because: small })).toBe('many small hints add up');
    expect(text({ because: [] })).toBe('the best of what is left');
    expect(text({ because: [] }, 'ja')).toBe('残った中ではいちばん合う作品');
  });
});
