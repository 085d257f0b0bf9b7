import { describe, expect, it } from 'vitest';
import { en, type Messages } from '../../../../src/web/i18n/en.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { reasonParts } from '../../../../src/web/list/reason.ts';
import type { Verdict } from '../../../../src/web/picks/picks.ts';

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
