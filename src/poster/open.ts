/** Creates the poster service from its options. */
import { join } from 'node:path';
import type { PosterOptions } from '../config/poster-options.ts';
import type { Meter } from '../watch/meter.ts';
import type { AddressSource } from './address-source.ts';
import { ANILIST_WINDOWS, anilist } from './anilist.ts';
import { PosterCache } from './cache.ts';
import { type Clock, REAL_CLOCK } from './clock.ts';
import { JIKAN_WINDOWS, jikan } from './jikan.ts';
import { PosterService, type Posters } from './posters.ts';
import { Upstream, type UpstreamOptions } from './upstream.ts';

export interface OpenPostersOptions extends PosterOptions {
  readonly home: string;
  /** takes a line for the operator */
  readonly report: (line: string) => void;
  /** called for each request to a source, and for each poster that was looked for in the cache */
  readonly meter?: Meter;
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
  readonly random?: () => number;
  /** for one answer, its picture included; default 15,000 */
  readonly timeoutMs?: number;
}

const MEGABYTE = 1 << 20;

/** About as many requests as a browser sends to one host. */
const PICTURES = { windows: [{ limit: 20, milliseconds: 1000 }], atOnce: 8 };

/** @returns null when posters are off or cannot be stored: everything else works without them */
export async function openPosters(options: OpenPostersOptions): Promise<Posters | null> {
  const { home, report, clock = REAL_CLOCK } = options;
  if (options.show === 'off') return null;
  const upstream = upstreamMaker(options, clock);
  const sources: AddressSource[] = [];
  if (options.jikan)
    sources.push(jikan(options.jikan, upstream('Jikan', { windows: JIKAN_WINDOWS, atOnce: 6 })));
  if (options.anilist)
    sources.push(
      anilist(options.anilist, upstream('AniList', { windows: ANILIST_WINDOWS, atOnce: 2 })),
    );
  if (sources.length === 0) return null;
  const origins = new Map(
    options.origins
      .map((origin) => new URL(origin))
      .map(({ origin, host }) => [origin, upstream(host, PICTURES)]),
  );
  const folder = join(home, 'posters');
  try {
    const limitBytes = options.cacheMegabytes * MEGABYTE;
    const cache = await PosterCache.open({ folder, limitBytes, clock });
    return new PosterService({ cache, sources, origins, clock, report, meter: options.meter });
  } catch (error) {
    report(`Posters: off, as ${folder} cannot be used (${(error as Error).message})`);
    return null;
  }
}

function upstreamMaker(options: OpenPostersOptions, clock: Clock) {
  const { report, meter, random = Math.random, timeoutMs = 15_000 } = options;
  const { fetch = globalThis.fetch } = options;
  return (name: string, limits: Pick<UpstreamOptions, 'windows' | 'atOnce'>) =>
    new Upstream({ name, ...limits, timeoutMs, fetch, clock, random, report, meter });
}
