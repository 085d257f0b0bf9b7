import { describe, expect, it } from 'vitest';
import { cardJson } from '../../../../src/server/fast-list/anime-json.ts';
import { anime } from '../../../support/shelf.ts';

const shown = (synopsis: string | null) =>
  JSON.parse(cardJson(anime({ animeId: 1, synopsis })).toString()).synopsis;

describe('cardJson()', () => {
  it('shortens a synopsis to whole words on one line', () => {
    expect(shown(`${'word '.repeat(39)}and,\n then more`)).toBe(`${'word '.repeat(39)}and …`);
    expect(shown('Two\nlines.')).toBe('Two lines.');
    expect(shown(null)).toBeNull();
  });

  it('shortens one without spaces as well, and one whose first space comes late', () => {
    expect(shown('あ'.repeat(300))).toBe(`${'あ'.repeat(200)} …`);
    expect(shown(`${'x'.repeat(250)} end`)).toBe(`${'x'.repeat(200)} …`);
  });

  it('cuts no letter in two', () => {
    expect(shown('\u{20bb7}'.repeat(150))).toBe(`${'\u{20bb7}'.repeat(100)} …`);
    expect(shown(`あ${'\u{20bb7}'.repeat(150)}`)).toBe(`あ${'\u{20bb7}'.repeat(99)} …`);
  });

  it('leaves a short one as it is', () => {
    expect(shown('a'.repeat(200))).toBe('a'.repeat(200));
  });
});
