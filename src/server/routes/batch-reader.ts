/**
 * Reads the body of a batch while it arrives: each profile is parsed, checked and packed as soon as it is there, so that
 * a batch of 32 MB needs a tenth of that in memory, and blocks nobody.
 */
import type { Readable } from 'node:stream';
import { MAX_BATCH, MAX_BODY, MAX_PROFILES } from '../../api/constants/limits.ts';
import { DEFAULT_BECAUSE, DEFAULT_RECOMMENDATIONS } from '../../api/defaults.ts';
import { type BatchBody, BatchEnvelope, BatchProfile } from '../../api/recommendations.ts';
import type { IdMap } from '../../data/id-map.ts';
import { firstLetters } from '../../first-letters.ts';
import { LateCheck } from '../../late-check.ts';
import { profileFrom, type ReadProfile } from '../../recommend/profile.ts';
import { TimeSlice } from '../../time-slice.ts';
import { checkedRatings } from '../answers/recommend-for.ts';
import { checkJsonBounds } from '../http/json-bounds.ts';
import { SMALL } from '../http/parse-json.ts';
import { Problem, problemFromSchema } from '../http/problem.ts';
import { errorsOf } from '../http/schema-errors.ts';
import { BatchSplitter, type ProfileBytes } from './batch-splitter.ts';

/** Titles that a batch may ask for: 100 for each of 1,000 profiles. */
const MAX_TITLES = 100_000;
/** Reasons that a batch may ask for, of 90 bytes each: four times as many as one list may have. */
const MAX_REASONS = 1_000_000;

/** What a list is made from, besides the profile. */
type ListOptions = Omit<BatchBody, 'profiles'>;

/** A profile of the batch: as it will be ranked, or why it cannot be. */
export type BatchEntry = { readonly id: string | null } & (
  | (ReadProfile & { readonly options: ListOptions })
  | { readonly problem: Problem }
);

/**
 * @param body is read to its end, unless it is refused before
 * @throws Problem 400 or 413 when the batch as a whole is wrong
 */
export async function readBatch(body: Readable, items: IdMap): Promise<BatchEntry[]> {
  const splitter = new BatchSplitter({ profiles: MAX_PROFILES, profile: MAX_BODY });
  const entries: BatchEntry[] = [];
  const slice = new TimeSlice();
  let size = 0;
  // Destroying the body would close the connection before the client has read why it was refused.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BATCH)
      throw new Problem(413, `A batch may have ${MAX_BATCH >> 20} MiB. Send several`);
    for (const bytes of splitter.push(chunk)) {
      entries.push(await entryOf(bytes, items));
      if (slice.over) await slice.next();
    }
    if (slice.over) await slice.next();
  }
  const beside = splitter.end();
  const { profiles: _, ...common } = checkedEnvelope(
    splitter.hasProfiles ? { ...beside, profiles: entries } : beside,
  );
  const complete = entries.map((entry) =>
    'problem' in entry ? entry : { ...entry, options: { ...common, ...entry.options } },
  );
  refuseLargeAnswer(complete);
  return complete;
}

const envelopeCheck = new LateCheck(BatchEnvelope);

function checkedEnvelope(body: unknown): BatchBody {
  if (envelopeCheck.Check(body)) return body;
  throw problemFromSchema(errorsOf(envelopeCheck, body), 'body');
}

async function entryOf(bytes: ProfileBytes, items: IdMap): Promise<BatchEntry> {
  let id: string | null = null;
  try {
    const sent = await parsed(bytes);
    id = idOf(sent);
    const { id: _, ratings, whole, ...options } = checkedProfile(sent);
    return { id, options, ...profileFrom(checkedRatings(ratings), items, whole) };
  } catch (problem) {
    if (problem instanceof Problem) return { id, problem };
    throw problem;
  }
}

/** @throws Problem 400 when the bytes are too many or not JSON */
async function parsed(bytes: ProfileBytes): Promise<unknown> {
  if (bytes === null)
    throw new Problem(413, `The profile has more than ${MAX_BODY >> 20} MiB`, 'profile');
  if (bytes.length > SMALL) await checkJsonBounds(bytes, 'profile');
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new Problem(400, `The profile is not JSON: ${(error as Error).message}`, 'profile');
  }
}

const profileCheck = new LateCheck(BatchProfile);

function checkedProfile(profile: unknown): BatchProfile {
  if (profileCheck.Check(profile)) return profile;
  throw problemFromSchema(errorsOf(profileCheck, profile), 'profile');
}

/** The id of a wrong profile too, so that its line can be told from the others. */
function idOf(profile: unknown): string | null {
  if (typeof profile !== 'object' || profile === null || !('id' in profile)) return null;
  return typeof profile.id === 'string' ? firstLetters(profile.id, 200) : null;
}

/** 1,000 lists of 500 titles with 500 reasons each would have 2 GB. */
function refuseLargeAnswer(entries: readonly BatchEntry[]): void {
  let titles = 0;
  let reasons = 0;
  for (const entry of entries) {
    if ('problem' in entry) continue;
    const { limit = DEFAULT_RECOMMENDATIONS, because = DEFAULT_BECAUSE } = entry.options;
    titles += limit;
    reasons += limit * Math.min(because, entry.profile.items.length);
  }
  if (titles > MAX_TITLES)
    throw new Problem(
      400,
      `The batch asks for ${titles} titles; ${MAX_TITLES} are allowed. Lower "limit", or send several batches`,
      'limit',
    );
  if (reasons > MAX_REASONS)
    throw new Problem(
      400,
      `The batch asks for up to ${reasons} reasons; ${MAX_REASONS} are allowed. Lower "because" or "limit", or send several batches`,
      'because',
    );
}
