import { describe, expect, it } from 'vitest';
import { en, type Messages } from '../../../../src/web/i18n/en.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { reasonSentence } from '../../../../src/web/list/reason.ts';
import type { Reasons } from '../../../../src/web/list/recommended.ts';
import type { Verdict } from '../../../../src/web/picks/picks.ts';

const cause = (animeId: number, title: string, shareOfScore: number) => ({
  animeId,
  title,
  shareOfScore,
});
const BECAUSE = [cause(1, 'Mushishi', 0.344), cause(2, 'Natsume', 0.21), cause(3, 'Aria', 0.2)];
const WITHOUT_PRIOR: Reasons = { score: 1, prior: 0, because: BECAUSE, order: null };

interface Said {
  readonly words?: Messages;
  readonly who?: 'you' | 'they';
  readonly members?: number;
}

function sentence(
  reasons: Partial<Reasons>,
  verdicts: Record<number, Verdict>,
  { words = en, who = 'you', members = 900_000 }: Said = {},
): string {
  const verdictFor = (animeId: number) => verdicts[animeId] ?? null;
  const all = { ...WITHOUT_PRIOR, ...reasons };
  const { before, titles, also, moved } = reasonSentence(words, {
    ...{ reasons: all, members, verdictFor, who },
  });
  const parts = titles.map(
    (part) => part.before + part.title + part.closing + part.share + part.after,
  );
  return `${before}${parts.join('')}${also}${moved}`.trim().replaceAll('\u00a0', ' ');
}

describe('reason', () => {
  it('reasonSentence() names the two strongest with their shares when both were loved', () => {
    expect(sentence({}, { 1: 10, 2: 9 })).toBe('because you loved Mushishi 34 % and Natsume 21 %');
  });

  it('reasonSentence() changes the verb where the verdict does', () => {
    expect(sentence({}, { 1: 9, 2: 7 })).toBe(
      'because you loved Mushishi 34 % and liked Natsume 21 %',
    );
    expect(sentence({}, { 1: 'seen', 2: 4 })).toBe(
      'because you watched Mushishi 34 % and Natsume 21 %',
    );
    expect(sentence({}, { 1: 8, 2: 'plan' })).toBe(
      'because you liked Mushishi 34 % and plan to watch Natsume 21 %',
    );
  });

  it('reasonSentence() ends with the verb in Japanese, and names a title in its brackets', () => {
    expect(sentence({}, { 1: 10, 2: 9 }, { words: ja })).toBe(
      '「Mushishi」34%と「Natsume」21%が大好きだから',
    );
    expect(sentence({}, { 1: 8, 2: 'seen' }, { words: ja, who: 'they' })).toBe(
      'この人は「Mushishi」34%が好きで、「Natsume」21%を見たから',
    );
  });

  it('reasonSentence() says first that a title is well known when that is most of its score', () => {
    const reasons = { score: 1, prior: 0.69, because: [cause(1, 'Mushishi', 0.22)] };
    expect(sentence(reasons, { 1: 9 })).toBe(
      'well known and loved by many 69 %, and because you loved Mushishi 22 %',
    );
    expect(sentence(reasons, { 1: 9 }, { words: ja })).toBe(
      '広く愛されている作品（69%）。さらに「Mushishi」22%が大好きだから',
    );
    expect(sentence({ ...reasons, because: [] }, {})).toBe('well known and loved by many 69 %');
  });

  it('reasonSentence() says so of no title that few have listed', () => {
    const reasons = { score: 1, prior: 0.69, because: [] };
    expect(sentence(reasons, {}, { members: 4000 })).toBe('liked by people of all tastes 69 %');
    expect(sentence(reasons, {}, { members: 4000, words: ja })).toBe(
      '好みを問わず好かれている作品（69%）',
    );
  });

  it('reasonSentence() says so second when a title is the stronger reason', () => {
    const reasons = { score: 1, prior: 0.38, because: [cause(1, 'Mushishi', 0.41)] };
    expect(sentence(reasons, { 1: 9 })).toBe(
      'because you loved Mushishi 41 %, and it is well known and loved by many 38 %',
    );
    expect(sentence(reasons, { 1: 9 }, { words: ja })).toBe(
      '「Mushishi」41%が大好きだから。広く愛されている作品でもあります（38%）',
    );
  });

  it('reasonSentence() adds what the second stage counts for the title', () => {
    const order = { shown: ['story' as const, 'known' as const] };
    expect(sentence({ order }, { 1: 9, 2: 9 })).toBe(
      'because you loved Mushishi 34 % and Natsume 21 %; it continues a story you love',
    );
    expect(sentence({ order, prior: 0.9, because: [] }, {}, { who: 'they' })).toBe(
      'well known and loved by many 90 %; it continues a story they love',
    );
    expect(sentence({ order, because: [] }, {}, { words: ja })).toBe('好きな物語の続き');
  });

  it('reasonSentence() says once that a title is known, and what people like only where no title is named', () => {
    const known = { shown: ['known' as const] };
    expect(sentence({ order: known, because: [] }, {})).toBe('it is widely known');
    expect(sentence({ order: known, prior: 0.9, because: [] }, {})).toBe(
      'well known and loved by many 90 %',
    );
    const kind = { shown: ['people' as const, 'kind' as const] };
    expect(sentence({ order: kind }, { 1: 9, 2: 9 })).toContain('; its kind and genres are yours');
    const people = { shown: ['people' as const] };
    expect(sentence({ order: people }, { 1: 9, 2: 9 })).toBe(
      'because you loved Mushishi 34 % and Natsume 21 %',
    );
    expect(sentence({ order: people, prior: 0.9, because: [] }, {})).toBe(
      'well known and loved by many 90 %; people with lists like yours liked it',
    );
  });

  it('reasonSentence() speaks of small hints only where there are many', () => {
    const small = [cause(1, 'A', 0.04), cause(2, 'B', 0.03), cause(3, 'C', 0.03)];
    expect(sentence({ because: small }, {})).toBe(
      'no single title explains this one: many small hints add up',
    );
    expect(sentence({ because: small.slice(0, 2) }, { 1: 9 })).toBe('because you loved A 4 %');
    expect(sentence({ because: [] }, {})).toBe(
      'little points to it: it is the best of what is left',
    );
    expect(sentence({ because: [], score: -0.1, prior: 0.01 }, {})).not.toContain('hints');
  });

  it('reasonSentence() leaves out what was turned down, and shares that speak against the title', () => {
    expect(sentence({}, { 1: 'no', 2: 9, 3: 9 })).toBe(
      'because you loved Natsume 21 % and Aria 20 %',
    );
    expect(sentence({ because: [cause(1, 'A', -0.2)] }, { 1: 9 })).not.toContain('A');
  });

  it('reasonSentence() does not mention a second title when its share is a trifle', () => {
    const because = [BECAUSE[0], cause(9, 'B', 0.02)];
    expect(sentence({ because }, { 1: 9, 9: 9 })).toBe('because you loved Mushishi 34 %');
  });

  it('reasonSentence() says 100 % at most, when the other picks speak against a title', () => {
    const because = [cause(1, 'A', 1.09), cause(2, 'B', 0.3)];
    expect(sentence({ because }, { 1: 9, 2: 9 })).toBe('because you loved A 100 %');
  });
});
