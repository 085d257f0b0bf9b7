/** Keeps the bundle that `current` names in use; when the server starts and that one is damaged, the newest sound one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ArtefactError, TamperedError, UnsignedError } from '../../error.ts';
import { mendPointer } from '../../home/mend-pointers.ts';
import { isSampleVersion, readOrigin } from '../../home/origin.ts';
import type { TrustedKey } from '../../home/signature.ts';
import { keptVersions, readPointer } from '../../home/versions.ts';
import { type OpenBundleOptions, openBundle } from '../../recommend/bundle.ts';
import type { CurrentBundle } from './current-bundle.ts';
import { RefusedVersions } from './refused-versions.ts';

export interface WatchOptions {
  readonly home: string;
  readonly bundles: CurrentBundle;
  /** keys that bundles are accepted from; default: every bundle is accepted, signed or not */
  readonly trust?: readonly TrustedKey[];
  /** called for each list that is made */
  readonly watchLists?: OpenBundleOptions['watchLists'];
  readonly info: (line: string) => void;
  readonly error: (line: string) => void;
}

export class BundleWatch {
  readonly #options: WatchOptions;
  readonly #refused: RefusedVersions;
  /** the last line about a failure, so that none is logged twice in a row */
  #lastFailure = '';

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#refused = new RefusedVersions(options.home, 'bundle');
  }

  /**
   * Opens the bundle that `current` names or, when it cannot be used, the newest one that can. Never throws: without a
   * bundle the server runs and is not ready.
   */
  async start(): Promise<void> {
    const { home, bundles, info, error } = this.#options;
    try {
      await mendPointer(home, 'bundle', info);
      if (await this.#openAny()) return;
      if (bundles.problem === null) info(`No bundle in ${home} yet: waiting for the first one`);
    } catch (failure) {
      // Too many open files, say: the next look may find more.
      this.#fail(`No bundle can be looked for in ${home}: ${(failure as Error).message}`, error);
    }
  }

  /** Looks every `pollMs` until aborted. */
  async run(pollMs: number, signal: AbortSignal): Promise<void> {
    const { error } = this.#options;
    while (await pause(pollMs, signal)) {
      try {
        await this.#look();
      } catch (failure) {
        this.#fail(`The current bundle cannot be told: ${(failure as Error).message}`, error);
      }
    }
  }

  async #look(): Promise<void> {
    const { home, bundles, error } = this.#options;
    if (bundles.version === null) {
      await this.#openAny();
      return;
    }
    const pointer = await readPointer(home, 'bundle');
    // What is in use is better than a guess, until somebody mends the pointer.
    if (pointer.state === 'lost')
      return this.#fail(`${pointer.fault}: bundle ${bundles.version} stays in use`, error);
    if (pointer.state === 'none') return;
    const { version } = pointer;
    if (version === bundles.version) {
      // `current` is back at the bundle in use: the refused one may be repaired before it is named again.
      this.#refused.clear();
      bundles.settle();
      return;
    }
    if (await this.#refused.has(version)) return;
    const problem = await this.#open(version);
    if (problem !== null)
      this.#fail(
        `Bundle ${version} is refused, ${bundles.version} stays in use: ${problem}`,
        error,
      );
  }

  /** @returns false when there is no bundle that can be used */
  async #openAny(): Promise<boolean> {
    const { home, bundles, error } = this.#options;
    const pointer = await readPointer(home, 'bundle');
    const named = pointer.state === 'sound' ? pointer.version : null;
    let reason = pointer.state === 'lost' ? pointer.fault : null;
    const kept = await keptVersions(home, 'bundle');
    const others = kept.filter((version) => version !== named);
    for (const version of named === null ? others : [named, ...others]) {
      if (await this.#refused.has(version)) {
        reason ??= bundles.problem;
        continue;
      }
      if (version !== named && (await this.#isMisplacedSample(version))) continue;
      const instead = version === named || reason === null ? null : { named, reason };
      const problem = await this.#open(version, instead);
      if (problem === null) return true;
      reason ??= problem;
      this.#fail(`Bundle ${version} is refused: ${problem}`, error);
    }
    bundles.problem = reason;
    if (reason !== null)
      this.#fail(
        `No bundle in ${home} can be used: the server is not ready, and waits for one. Run "osusume publish" (or "osusume pipeline"), or put back the files from a copy`,
        error,
      );
    return false;
  }

  /** The sample is not served in place of real data. */
  async #isMisplacedSample(version: string): Promise<boolean> {
    const { home } = this.#options;
    if (!(await isSampleVersion(home, 'bundle', version))) return false;
    return (await readOrigin(home)).data === 'real';
  }

  /**
   * Opens a bundle and puts it in use. What can be built later, such as its search index, is built before when there is
   * another bundle to answer from, and afterwards when there is none.
   * @param instead of which bundle it is used, and why; default: it is the current one
   * @returns why it cannot be used; null = it is in use
   */
  async #open(
    version: string,
    instead: { readonly named: string | null; readonly reason: string } | null = null,
  ): Promise<string | null> {
    const { home, bundles, trust, watchLists, info, error } = this.#options;
    try {
      const onDamage = (line: string) => {
        bundles.counts.damagedReads++;
        error(line);
      };
      const bundle = await openBundle(home, version, { trust, onDamage, watchLists });
      if (bundles.version !== null) await bundle.prepare();
      bundles.replace(bundle, instead);
      bundle
        .prepare()
        .catch((failure: Error) => error(`Titles cannot be searched: ${failure.message}`));
      this.#lastFailure = '';
      info(`Serving bundle ${version}: ${describe(bundle)}`);
      if (instead)
        error(
          `Bundle ${version} is served INSTEAD of the current one, which cannot be used: ${instead.reason}`,
        );
      return null;
    } catch (failure) {
      // Damage is permanent; other errors, such as too many open files, may pass.
      if (failure instanceof ArtefactError) {
        await this.#refused.add(version);
        bundles.refuse(reasonOf(failure));
      }
      return (failure as Error).message;
    }
  }

  #fail(line: string, log: (line: string) => void): void {
    if (line !== this.#lastFailure) log(line);
    this.#lastFailure = line;
  }
}

function reasonOf(refusal: ArtefactError): string {
  if (refusal instanceof UnsignedError) return 'unsigned';
  return refusal instanceof TamperedError ? 'tampered' : 'damaged';
}

const OUTDATED =
  '; its second stage is of an earlier release and is not used: run "osusume train" and "osusume publish"';

function describe({
  about,
  signature,
  isOutdated,
}: Awaited<ReturnType<typeof openBundle>>): string {
  const { people, titles, origin } = about;
  const synthetic = origin.synthetic ? ' (synthetic people, real titles)' : '';
  const signed = signature.key ? `, signed by ${signature.key.slice(0, 16)}` : '';
  return `${titles} titles, ${people} people, from ${origin.name}${synthetic}${signed}${isOutdated ? OUTDATED : ''}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
