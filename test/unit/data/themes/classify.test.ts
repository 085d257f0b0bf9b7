import { describe, expect, it } from 'vitest';
import { themesOf } from '../../../../src/data/themes/classify.ts';
import { THEMES } from '../../../../src/data/themes/theme-names.ts';
import { anime } from '../../../support/small-catalogue.ts';

const themes = (
  synopsis: string | null,
  genres: readonly string[] = [],
  more: Partial<Parameters<typeof anime>[0]> & { tags?: readonly string[] } = {},
) => {
  const { tags, ...known } = more;
  return themesOf(anime({ animeId: 1, title: 'Kumo', synopsis, genres, ...known }), tags);
};
const LATER = 'The days pass slowly by the sea and nothing much is ever said of them. '.repeat(5);

describe('themesOf()', () => {
  it('finds nothing where nothing is said', () => {
    expect(themes(null)).toEqual([]);
    expect(themes('')).toEqual([]);
    expect(themes('?!… 123', ['Action'])).toEqual([]);
  });

  it('reads phrases whatever their case, plural, hyphen or possessive', () => {
    expect(themes('TIME-TRAVEL for beginners.')).toEqual(['time-travel']);
    expect(themes("Two brothers fix the time machines' clocks.")).toContain('time-travel');
    expect(themes('The Vampire’s garden.')).toEqual(['vampires']);
    expect(themes('Empires and umpires.')).toEqual([]);
  });

  it('takes a phrase in passing for half of what is needed', () => {
    expect(themes('A detective buys tea.', ['Drama'])).toEqual(['detective']);
    expect(themes(`${LATER}A detective buys tea.`, ['Drama'])).toEqual([]);
    expect(themes(`${LATER}A detective buys tea.`, ['Mystery'])).toEqual(['detective']);
    expect(themes(`${LATER}A detective meets a detective.`, ['Drama'])).toEqual(['detective']);
  });

  it('needs two hints, and does not count one twice', () => {
    expect(themes('A thief walks home.', ['Action'])).toEqual([]);
    expect(themes('A thief and another thief.', ['Action'])).toEqual([]);
    expect(themes('A thief and a swindler walk home.', ['Action'])).toEqual(['heist']);
  });

  it('needs the genres of a theme, and is kept from others', () => {
    expect(themes('A basketball team.', ['Sports'])).toEqual(['basketball']);
    expect(themes('A basketball team.', ['Drama'])).toEqual([]);
    expect(themes('She seeks revenge.', ['Drama'])).toEqual(['revenge']);
    expect(themes('She seeks revenge.', ['Drama', 'Comedy'])).toEqual([]);
  });

  it('takes a genre or a title for enough, and a phrase against it for forbidding', () => {
    expect(themes(null, ['Vampire'])).toEqual(['vampires']);
    expect(themes(null, [], { title: 'Ginga Tantei' })).toEqual(['detective']);
    expect(themes(null, ['Magic'], { titleEnglish: 'Magical Girl Rin' })).toEqual(['magical-girl']);
    expect(themes('A ghost drifts into a ghost town.', ['Comedy'])).toEqual([]);
  });

  it('does not read where a synopsis is from', () => {
    expect(themes('A quiet walk. (Source: Vampire News)')).toEqual([]);
  });

  it('takes tags whatever else is said, and ignores those it does not know', () => {
    expect(themes('A ghost town.', [], { tags: ['ghosts', 'no such tag'] })).toEqual(['ghosts']);
    expect(themes(null, [], { tags: ['time manipulation', 'iyashikei'] })).toEqual([
      'time-travel',
      'iyashikei',
    ]);
  });
});

describe('THEMES', () => {
  it('has at least 60 themes with distinct ids and names in two languages', () => {
    expect(THEMES.length).toBeGreaterThanOrEqual(60);
    for (const of of ['id', 'en', 'ja'] as const)
      expect(new Set(THEMES.map((theme) => theme[of])).size).toBe(THEMES.length);
    for (const { id, words } of THEMES) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect([words.en.length > 0, words.ja.length > 0]).toEqual([true, true]);
    }
  });

  it('finds every theme by its tag', () => {
    for (const { id } of THEMES) expect(themesOf(anime({ animeId: 1 }), [id])).toContain(id);
  });
});
