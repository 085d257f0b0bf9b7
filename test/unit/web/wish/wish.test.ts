import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/web/i18n/en.ts';
import { DEFAULT_RULES } from '../../../../src/web/rules/rules.ts';
import { chipsOf, wished, wishedRules } from '../../../../src/web/wish/wish.ts';

describe('a wish for the classics too', () => {
  const asked = wishedRules({ genresIn: ['Drama'], familiar: false });

  it('sets the rule, and the chip takes it back', () => {
    const { rules } = wished({ seeds: [], rules: DEFAULT_RULES }, [], asked);
    expect(rules).toMatchObject({ genresIn: ['Drama'], familiar: false });
    const chip = chipsOf(rules, en).find(({ key }) => key === 'classics');
    expect(chip?.label).toBe('the classics too');
    expect(chip?.without.familiar).toBe(true);
    expect(chipsOf(DEFAULT_RULES, en)).toEqual([]);
  });

  it('stays when a later wish says nothing of it, with titles and without', () => {
    const now = { seeds: [457], rules: { ...DEFAULT_RULES, familiar: false } };
    const next = wishedRules({ genresIn: ['Comedy'] });
    for (const seeds of [[], [21]])
      expect(wished(now, seeds, next).rules).toMatchObject({
        genresIn: ['Comedy'],
        familiar: false,
      });
  });
});
