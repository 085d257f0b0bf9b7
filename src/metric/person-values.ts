/**
 * A measure of one model, person by person: what is added up and over how many. The measure is Σ sums / Σ counts.
 *
 *   mean over people        count 1 for those about whom there is something to say, 0 for the others
 *   share of some titles    sum = how many of them, count = of how many titles
 */
export interface PersonValues {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** A mean over people. @param values undefined = there is nothing to say about the person */
export function meanOver(values: readonly (number | undefined)[]): PersonValues {
  return {
    sums: Float64Array.from(values, (value) => value ?? 0),
    counts: Float64Array.from(values, (value) => (value === undefined ? 0 : 1)),
  };
}

/** A share of titles of all people together. */
export function shareOver(
  values: readonly { readonly some: number; readonly of: number }[],
): PersonValues {
  return {
    sums: Float64Array.from(values, ({ some }) => some),
    counts: Float64Array.from(values, ({ of }) => of),
  };
}

/** The measure itself; NaN when there is nothing to say about anybody. */
export function ratioOf({ sums, counts }: PersonValues): number {
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return total(sums) / total(counts);
}
