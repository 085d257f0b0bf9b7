/** Keeps the map that `current` names in use, and skips damaged ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ArtefactError } from '../../error.ts';
import { keptVersions, readPointer } from '../../home/versions.ts';
import { openMap, type TitleMap } from '../../title-map/map-file.ts';
import { RefusedVersions } from './refused-versions.ts';

export class CurrentMap {
  #map: TitleMap | null = null;
  #lastFailure = '';
  readonly #refused: RefusedVersions;
  readonly #home: string;
  readonly #error: (line: string) => void;

  /** @param error receives one line about a map that cannot be opened */
  constructor(home: string, error: (line: string) => void) {
    this.#home = home;
    this.#error = error;
    this.#refused = new RefusedVersions(home, 'map');
  }

  /** null = no map yet */
  get map(): TitleMap | null {
    return this.#map;
  }

  /**
   * Opens the map that `current` names. When that one is damaged, or the pointer is lost, the one in use stays; if none
   * is, the newest sound one is used. Never throws.
   */
  async refresh(): Promise<void> {
    try {
      const pointer = await readPointer(this.#home, 'map');
      if (pointer.state === 'none') return;
      if (pointer.state === 'lost') this.#fail(pointer.fault);
      const named = pointer.state === 'sound' ? pointer.version : null;
      if (named !== null && (named === this.#map?.version || (await this.#open(named)))) return;
      if (this.#map !== null) return;
      for (const version of await keptVersions(this.#home, 'map'))
        if (version !== named && (await this.#open(version))) return;
    } catch (error) {
      this.#fail((error as Error).message);
    }
  }

  /** @returns whether it is in use now */
  async #open(version: string): Promise<boolean> {
    if (await this.#refused.has(version)) return false;
    try {
      this.#map = await openMap(this.#home, version);
      this.#lastFailure = '';
      return true;
    } catch (error) {
      // Damage is permanent; other errors, such as too many open files, may pass.
      if (error instanceof ArtefactError) await this.#refused.add(version);
      this.#fail((error as Error).message, version);
      return false;
    }
  }

  #fail(problem: string, version = '(unknown)'): void {
    const failure = `Map ${version} is skipped, everything else is served: ${problem}`;
    if (failure !== this.#lastFailure) this.#error(failure);
    this.#lastFailure = failure;
  }

  /** Refreshes every `pollMs` until aborted. */
  async watch(pollMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(pollMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await this.refresh();
    }
  }
}
