/** Reads the element's attributes. */
import type { RecommendationsBody } from '../api/client.ts';

type Ratings = RecommendationsBody['ratings'];

export interface ListRequest {
  /** a user of the data set; null = `ratings` are used */
  readonly user: number | null;
  readonly ratings: Ratings;
  readonly limit: number;
  /** undefined = the server's own */
  readonly rules: RecommendationsBody['rules'];
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
  const rules = rulesFrom(attribute('rules') ?? '');
  if (user !== null && rules !== undefined && rules !== 'none')
    throw new AttributeError('rules go with ratings, or are "none": a user has the server\'s own');
  return {
    user: user === null ? null : Number(user),
    ratings: ratingsFrom(attribute('ratings') ?? ''),
    limit,
    rules,
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
  const value = fromJson(text);
  if (Array.isArray(value)) return value;
  throw new AttributeError('ratings must be like "5114:9, 457:10" or a list in JSON');
}

/** "none", or the JSON of the API: {"types":["TV"]}. The server checks what is in it. */
function rulesFrom(text: string): RecommendationsBody['rules'] {
  if (text.trim() === '') return undefined;
  if (text.trim() === 'none') return 'none';
  const value = fromJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new AttributeError('rules must be "none" or like {"types":["TV"]}');
}

/** null = it is not JSON */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ratingFrom(part: string): Ratings[number] {
  const [animeId, rating] = part.split(':').map(Number);
  return rating === undefined ? { animeId } : { animeId, rating };
}
