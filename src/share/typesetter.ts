/** Sets text in the fonts of a picture: what they lack is left out, lines are broken by measured widths. */

/** Measures ink: x and width in pixels; null = nothing is drawn. */
export type MeasureInk = (text: string, weight: Weight) => { x: number; width: number } | null;
export type Weight = 500 | 800;

/** Pixels of a letter's height at which widths are measured. */
export const MEASURED_SIZE = 100;
/** A code point that no font has: it draws the sign for missing letters. */
const NOT_A_LETTER = '\u{10fffd}';

export class Typesetter {
  readonly #measure: MeasureInk;
  /** by weight and letter: em; null = the fonts lack it */
  readonly #advances = new Map<string, number | null>();
  readonly #fixed = new Map<string, number>();

  constructor(measure: MeasureInk) {
    this.#measure = measure;
  }

  /** The text without letters that the fonts lack, and without the gaps that these leave. */
  readable(text: string, weight: Weight): string {
    const letters = Array.from(text.normalize('NFC'), (letter) =>
      /\s/.test(letter) ? ' ' : this.#advanceOf(letter, weight) === null ? '' : letter,
    );
    return letters.join('').replace(/ +/g, ' ').trim();
  }

  /** @returns em */
  widthOf(text: string, weight: Weight): number {
    return Array.from(text).reduce(
      (sum, letter) => sum + (this.#advanceOf(letter, weight) ?? 0),
      0,
    );
  }

  /**
   * Breaks readable text into lines; the last one ends in … when there is more.
   * @param width of a line in em
   */
  lines(text: string, weight: Weight, { width, most }: { width: number; most: number }): string[] {
    const lines: string[] = [];
    let words = text.split(' ').filter(Boolean);
    while (words.length > 0 && lines.length < most) {
      const isLast = lines.length === most - 1;
      const fitting = this.#fitting(words, weight, width);
      if (fitting === words.length || !isLast) {
        const [line, rest] = this.#broken(words, Math.max(1, fitting), weight, width);
        lines.push(line);
        words = rest;
        if (!isLast || rest.length === 0) continue;
      }
      lines.push(this.#shortened(words.join(' '), weight, width));
      break;
    }
    return lines;
  }

  /** How many words fit into a line. */
  #fitting(words: readonly string[], weight: Weight, width: number): number {
    let count = 0;
    while (
      count < words.length &&
      this.widthOf(words.slice(0, count + 1).join(' '), weight) <= width
    )
      count++;
    return count;
  }

  /** A line of so many words; a word that is wider than the line is broken. */
  #broken(
    words: readonly string[],
    count: number,
    weight: Weight,
    width: number,
  ): [line: string, rest: string[]] {
    const line = words.slice(0, count).join(' ');
    if (this.widthOf(line, weight) <= width) return [line, words.slice(count)];
    const letters = Array.from(line);
    let end = 1;
    while (this.widthOf(letters.slice(0, end + 1).join(''), weight) <= width) end++;
    return [letters.slice(0, end).join(''), [letters.slice(end).join(''), ...words.slice(count)]];
  }

  #shortened(text: string, weight: Weight, width: number): string {
    if (this.widthOf(text, weight) <= width) return text;
    const letters = Array.from(text);
    while (letters.length > 1 && this.widthOf(`${letters.join('')}…`, weight) > width)
      letters.pop();
    return `${letters.join('').trimEnd()}…`;
  }

  #advanceOf(letter: string, weight: Weight): number | null {
    const key = `${weight}${letter}`;
    const known = this.#advances.get(key);
    if (known !== undefined) return known;
    const advance = this.#measured(letter, weight);
    this.#advances.set(key, advance);
    return advance;
  }

  /** Ink leaves out the space around a letter: between two others it does not. */
  #measured(letter: string, weight: Weight): number | null {
    const around = this.#measure(`H${letter}H`, weight);
    if (!around) return null;
    const missing = this.#around(NOT_A_LETTER, weight);
    // Measuring costs milliseconds: the letter alone is looked at only when it is as wide as the sign.
    if (around.width === missing && this.#isSign(letter, weight)) return null;
    return (around.width - this.#around('', weight)) / MEASURED_SIZE;
  }

  /** Pixels from the left edge of an H to the right edge of another, with this between them. */
  #around(text: string, weight: Weight): number {
    const key = `${weight}${text}`;
    const width = this.#fixed.get(key) ?? this.#measure(`H${text}H`, weight)?.width ?? 0;
    this.#fixed.set(key, width);
    return width;
  }

  #isSign(letter: string, weight: Weight): boolean {
    const ink = this.#measure(letter, weight);
    const sign = this.#measure(NOT_A_LETTER, weight);
    return ink === null || (ink.x === sign?.x && ink.width === sign.width);
  }
}
