/** Keeps the map that `current` names in use, and skips damaged ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ArtefactError } from '../../error.ts';
import { currentVersion } from '../../home/artefact.ts';
import { openMap, type TitleMap } from '../../title-map/map-file.ts';

export class CurrentMap {
  #map: TitleMap | null = null;
  #refused: string | null = null;
  #lastFailure = '';
  readonly #home: string;
  readonly #error: (line: string) => void;

  /** @param error receives one line about a map that cannot be opened */
  constructor(home: string, error: (line: string) => void) {
    this.#home = home;
    this.#error = error;
  }

  /** null = no map yet */
  get map(): TitleMap | null {
    return this.#map;
  }

  /** Opens the map that `current` names, or keeps the one in use when that map is damaged. Never throws. */
  async refresh(): Promise<void> {
    let version: string | null = null;
    try {
      version = await currentVersion(this.#home, 'map');
      if (version === null || version === this.#map?.version || version === this.#refused) return;
      this.#map = await openMap(this.#home, version);
      this.#refused = null;
      this.#lastFailure = '';
    } catch (error) {
      // Damage is permanent; other errors, such as too many open files, may pass.
      if (error instanceof ArtefactError) this.#refused = version;
      const failure = `Map ${version ?? '(unknown)'} is skipped, everything else is served: ${(error as Error).message}`;
      if (failure !== this.#lastFailure) this.#error(failure);
      this.#lastFailure = failure;
    }
  }

  /** Refreshes every `pollMs` until aborted. */
  async watch(pollMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(pollMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await this.refresh();
    }
  }
}
