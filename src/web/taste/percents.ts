/** Percents of a chart: bars of different lengths have different numbers. */

const MOST_DIGITS = 2;

/** @returns with as few digits after the point as tell different shares apart, two at most */
export function distinctPercents(
  shares: readonly number[],
  write: (share: number, digits: number) => string,
): string[] {
  const different = new Set(shares).size;
  for (let digits = 0; digits < MOST_DIGITS; digits++) {
    const written = shares.map((share) => write(share, digits));
    if (new Set(written).size === different) return written;
  }
  return shares.map((share) => write(share, MOST_DIGITS));
}
