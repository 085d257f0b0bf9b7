/** Serving from a bucket: its newest bundle is fetched into the home before the server starts, and each new one later. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FollowOptions } from '../../cloud/bundle-follower.ts';

export interface BucketFollowOptions extends Omit<FollowOptions, 'from' | 'spreadMs'> {
  /** ms between two looks; default 10,000 */
  readonly followPollMs?: number;
  readonly followSpreadMs?: number;
}

/** ms that the first look may take before the server starts with what the home has. */
const FIRST_LOOK = 15_000;

/**
 * @param from a gs:// address; null = there is no bucket to follow
 * @returns when the newest bundle is here, or cannot be had for now; `following` settles after `stopped` has aborted
 */
export async function followBucket(
  from: string | null,
  { followPollMs = 10_000, followSpreadMs: spreadMs, ...options }: BucketFollowOptions,
  stopped: AbortSignal,
): Promise<{ readonly following: Promise<void> }> {
  if (from === null) return { following: Promise.resolve() };
  const { BundleFollower } = await import('../../cloud/bundle-follower.ts');
  const follower = new BundleFollower({ ...options, from, spreadMs });
  const first = follower.start(stopped);
  const following = first.then(() => follower.run(followPollMs, stopped));
  const waiting = new AbortController();
  const limit = sleep(FIRST_LOOK, undefined, { signal: waiting.signal }).catch(() => {});
  await Promise.race([first, limit]);
  waiting.abort();
  return { following };
}
