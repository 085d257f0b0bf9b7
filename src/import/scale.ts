/** Scores on any scale → 1–10. */

export const SCALES = ['none', '1-10', '1-100', '1-20', '1-5', '1-3'] as const;
/** Lowest and highest score of a list's own scale; 'none' = no scores. */
export type Scale = (typeof SCALES)[number];

const FACTORS: Readonly<Record<Exclude<Scale, 'none'>, number>> = {
  '1-10': 1,
  '1-100': 0.1,
  '1-20': 0.5,
  '1-5': 2,
  '1-3': 10 / 3,
};

/**
 * The scale of scores, when their column does not name it: 1–10, or 1–100 when most scores need it.
 * @param scores above 0
 * @returns null when they fit neither
 */
export function scaleOf(scores: readonly number[]): Scale | null {
  if (scores.length === 0) return 'none';
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  if (most <= 10) return '1-10';
  // A single typing error in a list of 1–10 must not turn every 9 into a 1.
  const large = scores.filter((score) => score > 10).length;
  return most <= 100 && most > 20 && 2 * large >= scores.length ? '1-100' : null;
}

/** Scores that are enough to recognise stars: on a scale of ten, hardly anybody scores nothing above 5. */
const ENOUGH = 3;

/** Of a column that may also hold stars, 1–5: assumed when no score is above 5, unless there are very few. */
export function scaleOfColumn(scores: readonly number[]): Scale | null {
  const stars = scores.length >= ENOUGH && scores.every((score) => score <= 5);
  return stars ? '1-5' : scaleOf(scores);
}

/** The highest score of a scale. */
export function highestOf(scale: Scale): number {
  return Math.round(10 / factorOf(scale));
}

function factorOf(scale: Scale): number {
  return scale === 'none' ? 1 : FACTORS[scale];
}

/** A whole number 1–10. */
export function onTen(score: number, scale: Scale): number {
  const factor = factorOf(scale);
  return Math.min(10, Math.max(1, Math.round(score * factor)));
}

/** Parses a score. undefined = not scored: empty, 0, −1 or a dash; NaN = not a number. */
export function scoreFrom(text: string | undefined): number | undefined {
  const written = text?.trim() ?? '';
  if (written === '' || written === '-') return undefined;
  const score = /^-?\d{1,9}([.,]\d{1,9})?$/.test(written) ? Number(written.replace(',', '.')) : NaN;
  return score === 0 || score === -1 ? undefined : score;
}
