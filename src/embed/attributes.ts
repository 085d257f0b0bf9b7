/** Reads the element's attributes. */
import type { RecommendationsBody } from '../api/client.ts';

type Ratings = RecommendationsBody['ratings'];

export interface ListRequest {
  /** a user of the data set; null = `ratings` are used */
  readonly user: number | null;
  readonly ratings: Ratings;
  readonly limit: number;
}

const SHORT = /^\s*\d+\s*(:\s*\d+\s*)?(,\s*\d+\s*(:\s*\d+\s*)?)*,?\s*$/;
const USUAL_LIMIT = 6;
const MOST = 100;

/** An attribute with an invalid value. */
export class AttributeError extends Error {
  override readonly name = 'AttributeError';
}

/** @throws AttributeError that names the attribute */
export function requestFrom(attribute: (name: string) => string | null): ListRequest {
  const limit = Number(attribute('limit') ?? USUAL_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new AttributeError(
      `limit is "${attribute('limit')}", expected a number from 1 to ${MOST}`,
    );
  const user = attribute('user');
  if (user !== null && !/^\d+$/.test(user.trim()))
    throw new AttributeError(`user is "${user}", expected a number`);
  return {
    user: user === null ? null : Number(user),
    ratings: ratingsFrom(attribute('ratings') ?? ''),
    limit,
  };
}

/** "5114:9, 457:10, 21" (a title's id, and the rating where there is one), or the JSON of the API. */
function ratingsFrom(text: string): Ratings {
  if (text.trim() === '') return [];
  if (SHORT.test(text))
    return text
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(ratingFrom);
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // reported below
  }
  if (Array.isArray(value)) return value;
  throw new AttributeError('ratings must be like "5114:9, 457:10" or a list in JSON');
}

function ratingFrom(part: string): Ratings[number] {
  const [animeId, rating] = part.split(':').map(Number);
  return rating === undefined ? { animeId } : { animeId, rating };
}
