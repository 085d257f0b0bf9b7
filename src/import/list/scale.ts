/** Scores on any scale → 1–10. The scale is found once, for a whole list. */

export const SCALES = ['none', '1-10', '1-100', '1-20', '1-5', '1-3'] as const;
/** Lowest and highest score of a list's own scale; 'none' = no scores. Halves and decimals are scores of each. */
export type Scale = (typeof SCALES)[number];

/** The scales that a person may choose instead of the one that was found. */
export const CHOICES = ['1-10', '1-100', '1-20', '1-5', '1-3'] as const;
export type ScaleChoice = (typeof CHOICES)[number];

const FACTORS: Readonly<Record<ScaleChoice, number>> = {
  '1-10': 1,
  '1-100': 0.1,
  '1-20': 0.5,
  '1-5': 2,
  '1-3': 10 / 3,
};

/** Scores that are enough to recognise stars: on a scale of ten, hardly anybody scores nothing above 5. */
const ENOUGH = 3;

/**
 * The scale of scores that nothing names.
 * @param scores above 0
 * @param mayBeStars false: MyAnimeList's own file, whose scores are 1–10 unless they are larger
 */
export function scaleOf(scores: readonly number[], mayBeStars: boolean): Scale {
  if (scores.length === 0) return 'none';
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  if (most > 10) return scaleOfLarge(scores, most, mayBeStars);
  if (!mayBeStars || most > 5 || scores.length < ENOUGH) return '1-10';
  return most <= 3 && scores.every(Number.isInteger) ? '1-3' : '1-5';
}

/** A single typing error in a list of 1–10 must not turn every 9 into a 1. */
function scaleOfLarge(scores: readonly number[], most: number, mayBeTwenty: boolean): Scale {
  const large = scores.filter((score) => score > 10).length;
  if (2 * large < scores.length) return '1-10';
  if (most > 20) return '1-100';
  return mayBeTwenty && scores.length >= ENOUGH ? '1-20' : '1-10';
}

/** The scale whose highest score is `most`; null = none of them. */
export function scaleUpTo(most: number): ScaleChoice | null {
  return CHOICES.find((scale) => highestOf(scale) === most) ?? null;
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
  return wholeTen(score * factorOf(scale));
}

/** Halves go up, also those that binary fractions miss: 6.5 of 10, 1.3 · 2. */
export function wholeTen(score: number): number {
  return Math.min(10, Math.max(1, Math.round(Number(score.toPrecision(12)))));
}
