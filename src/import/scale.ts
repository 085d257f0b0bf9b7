/** Scores on any scale → 1–10. */

export const SCALES = ['none', '1-10', '1-100', '1-20', '1-5', '1-3'] as const;
/** Highest score of the list's own scale; 'none' = nothing is scored. */
export type Scale = (typeof SCALES)[number];

const FACTORS: Readonly<Record<Exclude<Scale, 'none'>, number>> = {
  '1-10': 1,
  '1-100': 0.1,
  '1-20': 0.5,
  '1-5': 2,
  '1-3': 10 / 3,
};

/**
 * The scale that scores are on when their column does not say: up to 10, or up to 100 when they could not be less.
 * @param scores above 0
 * @returns null when they are on neither
 */
export function scaleOf(scores: readonly number[]): Scale | null {
  if (scores.length === 0) return 'none';
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  if (most <= 10) return '1-10';
  // One slip of the pen on a list of tens must not turn every 9 into a 1.
  const large = scores.filter((score) => score > 10).length;
  return most <= 100 && most > 20 && 2 * large >= scores.length ? '1-100' : null;
}

/** So many scores are enough to tell stars: on a scale of ten, hardly anybody likes nothing at all. */
const ENOUGH = 3;

/** Of a column that may also hold stars, up to 5: any list but a very short one without a single score above 5. */
export function scaleOfColumn(scores: readonly number[]): Scale | null {
  const stars = scores.length >= ENOUGH && scores.every((score) => score <= 5);
  return stars ? '1-5' : scaleOf(scores);
}

/** The best score there is on it. */
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

/** A score as it is written; undefined = not scored: empty, 0, −1 or a dash. NaN = not a number. */
export function scoreFrom(text: string | undefined): number | undefined {
  const written = text?.trim() ?? '';
  if (written === '' || written === '-') return undefined;
  const score = /^-?\d{1,9}([.,]\d{1,9})?$/.test(written) ? Number(written.replace(',', '.')) : NaN;
  return score === 0 || score === -1 ? undefined : score;
}
