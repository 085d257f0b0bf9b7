/** Keeps the bundle that `current` names in use. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ArtefactError } from '../../error.ts';
import { currentVersion } from '../../home/artefact.ts';
import type { TrustedKey } from '../../home/signature.ts';
import { openBundle } from '../../recommend/bundle.ts';
import type { CurrentBundle } from './current-bundle.ts';

export interface WatchOptions {
  readonly home: string;
  readonly bundles: CurrentBundle;
  /** keys that bundles are accepted from; default: every bundle is accepted, signed or not */
  readonly trust?: readonly TrustedKey[];
  readonly pollMs: number;
  readonly signal: AbortSignal;
  readonly info: (line: string) => void;
  readonly error: (line: string) => void;
}

/**
 * Opens the bundle that `current` names, builds its search index and puts it in use.
 * @returns false when there is no bundle yet
 */
export async function openCurrent({
  home,
  bundles,
  trust,
  info,
}: Pick<WatchOptions, 'home' | 'bundles' | 'trust' | 'info'>): Promise<boolean> {
  const version = await currentVersion(home, 'bundle');
  if (version === null) return false;
  const bundle = await openBundle(home, version, { trust });
  await bundle.search();
  bundles.replace(bundle);
  const { people, titles, origin } = bundle.about;
  const signed = bundle.signature.key ? `, signed by ${bundle.signature.key.slice(0, 16)}` : '';
  info(
    `Serving bundle ${version}: ${titles} titles, ${people} people, from ${origin.name}${origin.synthetic ? ' (synthetic people, real titles)' : ''}${signed}`,
  );
  return true;
}

/** Looks every `pollMs` until aborted. A damaged bundle is refused once, and tried again after another has been named. */
export async function watchBundle(options: WatchOptions): Promise<void> {
  const { home, bundles, pollMs, signal, error: log } = options;
  let refused: string | null = null;
  let lastFailure = '';
  while (await pause(pollMs, signal)) {
    let version: string | null = null;
    try {
      version = await currentVersion(home, 'bundle');
      // `current` is back at the bundle in use: the refused one may be repaired before it is named again.
      if (version === bundles.version) refused = null;
      if (version === null || version === bundles.version || version === refused) continue;
      await openCurrent(options);
      refused = null;
      lastFailure = '';
    } catch (error) {
      // Damage is permanent; other errors, such as too many open files, may pass.
      if (error instanceof ArtefactError) refused = version;
      const failure = `Bundle ${version ?? '(unknown)'} is refused, ${bundles.version ?? 'none'} stays in use: ${(error as Error).message}`;
      if (failure !== lastFailure) log(failure);
      lastFailure = failure;
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
