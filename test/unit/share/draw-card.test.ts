import { beforeAll, describe, expect, it } from 'vitest';
import { CARD_HEIGHT, CARD_WIDTH, type Card, type CardTitle } from '../../../src/share/card.ts';
import { cardSvg } from '../../../src/share/card-svg.ts';
import { openCards } from '../../../src/share/draw-card.ts';
import { srgb } from '../../../src/share/srgb.ts';
import { Typesetter } from '../../../src/share/typesetter.ts';

const title = (animeId: number, name: string): CardTitle => ({
  animeId,
  name,
  type: 'TV',
  year: 2005,
  genres: ['Mystery'],
  studios: ['A & <B>'],
});
/** Every letter is in this font. */
const type = new Typesetter((text) => ({ x: text.length, width: 50 * text.length }));

describe('cardSvg()', () => {
  it('escapes what titles and studios contain', () => {
    const svg = cardSvg(
      { heading: '<a> & "b"', titles: [title(1, '</text><script>x</script>')] },
      type,
    );
    expect(svg).toContain('&lt;a&gt; &amp; &quot;b&quot;');
    expect(svg).toContain('A &amp; &lt;B&gt;');
    expect(svg).not.toMatch(/<script|<a>|<B>/);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 9])('places %i posters, six at most', (count) => {
    const titles = Array.from({ length: count }, (_, n) => title(n, `Title ${n}`));
    const svg = cardSvg({ heading: '', titles }, type);
    expect(svg.match(/clip-path=/g)?.length ?? 0).toBe(Math.min(count, 6));
    expect(svg).not.toMatch(/NaN|undefined|oklch/);
  });

  it('is the same for the same titles', () => {
    const card: Card = { heading: 'x', titles: [title(457, 'Mushishi')] };
    expect(cardSvg(card, type)).toBe(cardSvg(card, type));
  });
});

describe('srgb()', () => {
  // Values of https://oklch.com
  it.each([
    ['oklch(1 0 0)', '#ffffff'],
    ['oklch(0 0 0)', '#000000'],
    ['oklch(0.628 0.2577 29.23)', '#ff0000'],
    ['oklch(0.452 0.3132 264.05)', '#0000ff'],
  ])('%s is %s', (colour, hex) => {
    const near = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16);
    for (const at of [1, 3, 5])
      expect(Math.abs(near(srgb(colour), at) - near(hex, at))).toBeLessThanOrEqual(1);
  });

  it('refuses other colours', () => {
    expect(() => srgb('red')).toThrow('red');
  });
});

/** The renderer itself: it takes a second or two, for the fonts and the first picture. */
describe('openCards()', () => {
  let draw: (card: Card) => Uint8Array;
  beforeAll(async () => {
    draw = await openCards();
  }, 60_000);

  it('draws a PNG of the size that sites ask for, with Latin letters beyond ASCII and without others', () => {
    const png = draw({ heading: 'Ōkami & 狼 <3', titles: [title(1, 'Ōkami 狼\u0000\ud800')] });
    const head = Buffer.from(png.subarray(0, 24));
    expect(head.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([CARD_WIDTH, CARD_HEIGHT]);
    // Letters that the fonts lack change nothing: they are not drawn as boxes.
    const plain = draw({ heading: 'Ōkami & <3', titles: [title(1, 'Ōkami')] });
    expect(Buffer.compare(Buffer.from(png), Buffer.from(plain))).toBe(0);
    const other = draw({ heading: 'Okami & <3', titles: [title(1, 'Ōkami')] });
    expect(Buffer.compare(Buffer.from(other), Buffer.from(plain))).not.toBe(0);
  }, 60_000);
});
