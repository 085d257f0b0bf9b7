/** Counts lines in a stream of bytes, to stop it as soon as there are enough. */

const NEWLINE = 10;

/** @returns a function that sees chunk after chunk, and returns true from the one on that ends line number `lines` */
export function firstLines(lines: number): (chunk: Uint8Array) => boolean {
  let seen = 0;
  return (chunk) => {
    for (let at = chunk.indexOf(NEWLINE); at >= 0 && seen < lines; ) {
      seen++;
      at = chunk.indexOf(NEWLINE, at + 1);
    }
    return seen >= lines;
  };
}
