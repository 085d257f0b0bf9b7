/** Numbers in a wish, in digits and in words. */

const WORDS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
  },
  ...{ eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100 },
  ...{
    'a dozen': 12,
    'a hundred': 100,
    'one hundred': 100,
    'twenty-four': 24,
    'twenty-five': 25,
    'twenty-six': 26,
  },
  ...{
    'a couple of': 2,
    一: 1,
    二: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
    十: 10,
    十二: 12,
  },
};

/** Source of a pattern for a whole number, in one group. */
export const NUMBER = `(\\d{1,4}|${Object.keys(WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;

export function numberOf(said: string | undefined): number {
  const word = (said ?? '').toLowerCase();
  return WORDS[word] ?? Number(word);
}
