import { describe, expect, it } from 'vitest';
import {
  keepSettings,
  readSettings,
  settingsForAddress,
  spokenLanguage,
} from '../../../../src/web/display/settings.ts';
import { en } from '../../../../src/web/i18n/en.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { forbidden, memory } from '../../../support/memory.ts';

describe('settings', () => {
  it('readSettings() knows nothing of a new browser', () => {
    expect(readSettings('', () => memory())).toEqual({
      language: null,
      titles: null,
      theme: 'system',
    });
  });

  it('readSettings() gives back what keepSettings() kept, and lets an address stand before it', () => {
    const storage = memory();
    keepSettings({ language: 'ja', titles: 'english', theme: 'light' }, () => storage);
    expect(readSettings('', () => storage)).toEqual({
      language: 'ja',
      titles: 'english',
      theme: 'light',
    });
    expect(readSettings('?lang=en&picks=1.9&titles=romaji', () => storage)).toEqual({
      language: 'en',
      titles: 'romaji',
      theme: 'light',
    });
  });

  it('readSettings() leaves out nonsense, and works where storage is forbidden', () => {
    expect(readSettings('?lang=xx&titles=<b>', () => memory('theme=neon&lang=ja')).language).toBe(
      'ja',
    );
    expect(readSettings('?lang=ja', forbidden).language).toBe('ja');
    expect(() =>
      keepSettings({ language: 'ja', titles: null, theme: 'dark' }, forbidden),
    ).not.toThrow();
  });

  it('settingsForAddress() says what was chosen, and never the theme', () => {
    expect(settingsForAddress({ language: null, titles: null, theme: 'light' })).toEqual([]);
    expect(settingsForAddress({ language: 'ja', titles: 'romaji', theme: 'dark' })).toEqual([
      'lang=ja',
      'titles=romaji',
    ]);
  });

  it.each([
    [['ja-JP', 'en'], 'ja'],
    [['fr', 'ja', 'en'], 'ja'],
    [['de-AT'], 'en'],
    [[], 'en'],
  ])('spokenLanguage() of %s is %s', (preferred, language) => {
    expect(spokenLanguage(preferred)).toBe(language);
  });
});

describe('messages', () => {
  /** Every path to a message: "rules.names.types". */
  const paths = (messages: object, start = ''): string[] =>
    Object.entries(messages).flatMap(([name, value]) =>
      typeof value === 'object' && !start.startsWith('genres')
        ? paths(value, `${start}${name}.`)
        : [`${start}${name}`],
    );

  it('ja has exactly the messages of en, none of them empty', () => {
    const shared = (messages: object) =>
      paths(messages).filter((path) => !path.startsWith('genres.'));
    expect(shared(ja)).toEqual(shared(en));
    const own = (path: string) =>
      path.split('.').reduce<unknown>((value, name) => (value as never)[name], ja);
    // What stands before and after a title: one of the two may be nothing.
    const whole = shared(ja).filter((path) => !/^wish\.(like|unlike)\./.test(path));
    expect(whole.filter((path) => own(path) === '')).toEqual([]);
    for (const { wish } of [en, ja])
      for (const around of [wish.like, wish.unlike]) expect(around.join('').trim()).not.toBe('');
  });

  it('no English word is left in the plain messages of ja', () => {
    const known = /Osusume|MyAnimeList|AniList|OVA|ID|Enter|Shift|SF|18/g;
    const latin = (value: unknown): string[] =>
      typeof value === 'string'
        ? /[A-Za-z]{2,}/.test(value.replace(known, ''))
          ? [value]
          : []
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(latin)
          : [];
    expect(latin(ja)).toEqual([]);
  });
});
