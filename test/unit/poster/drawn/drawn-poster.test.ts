import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPoster } from '../../../../src/poster/drawn/drawn-poster.ts';
import { GENRES } from '../../../../src/web/rules/rules.ts';
import { anime } from '../../../support/anime.ts';

describe('drawPoster', () => {
  it('drawPoster() draws the same poster for the same title, and another for another', () => {
    const first = anime({ animeId: 5114, genres: ['Action', 'Military'] });
    expect(drawPoster(first)).toEqual(drawPoster({ ...first }));
    expect(drawPoster(anime({ animeId: 5115, genres: ['Action', 'Military'] }))).not.toEqual(
      drawPoster(first),
    );
  });

  it('drawPoster() draws finite paths in three inks whatever the genres', () => {
    const genres = fc.subarray([...GENRES, 'A genre of tomorrow']);
    fc.assert(
      fc.property(fc.nat(), genres, (animeId, given) => {
        const { shapes, palette } = drawPoster(anime({ animeId, genres: given }));
        expect(shapes.length).toBeGreaterThan(0);
        for (const { d, ink, opacity } of shapes) {
          expect(d).toMatch(/^M[-\d. MLCQVHhvlaZz]+Z$/);
          expect(palette.inks[ink]).toMatch(/^oklch\([\d.]+ [\d.]+ \d+\)$/);
          expect(opacity).toBeGreaterThan(0);
          expect(opacity).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('drawPoster() stays small enough to draw forty at once', () => {
    for (const genre of GENRES) {
      const size = JSON.stringify(drawPoster(anime({ animeId: 7, genres: [genre] })).shapes).length;
      expect(size, genre).toBeLessThan(40_000);
    }
  });

  it('drawPoster() letters its band and its art in contrast: their lightness differs by at least .4', () => {
    const lightness = (color: string) => Number(/\(([\d.]+)/.exec(color)?.[1]);
    for (let animeId = 1; animeId < 60; animeId++) {
      const { band, type } = drawPoster(anime({ animeId, genres: ['Drama'] })).palette;
      expect(Math.abs(lightness(band) - lightness(type))).toBeGreaterThan(0.4);
    }
  });

  it.each([
    ['蟲師', '蟲師'],
    ['劇場版 鋼の錬金術師', '鋼の錬金術師'],
    ['新世紀エヴァンゲリオン', '新世紀エヴァンゲリオン'],
    ['ソードアート・オンライン アリシゼーション War of Underworld', 'ソードアート・オンライン'],
    ['あ'.repeat(40), `${'あ'.repeat(17)}…`],
  ])('drawPoster() sets %s as %s', (titleJapanese, text) => {
    expect(drawPoster(anime({ titleJapanese })).lettering).toMatchObject({ text, vertical: true });
  });

  it('drawPoster() sets the main title level when there is no Japanese one', () => {
    expect(drawPoster(anime({ title: 'Baccano!' })).lettering).toMatchObject({
      text: 'Baccano!',
      vertical: false,
    });
  });

  it('drawPoster() makes a line of any Japanese title fit its sheet', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('あ', '師', 'W', 'i', ' ', '！'), minLength: 1 }),
        (titleJapanese) => {
          const { text, size } = drawPoster(anime({ titleJapanese })).lettering;
          const widths = [...text].map((character) => (character.charCodeAt(0) < 0x250 ? 0.5 : 1));
          const tall = widths.reduce((sum, wide) => sum + wide, 0) * size;
          expect(tall).toBeLessThanOrEqual(124);
        },
      ),
    );
  });
});
