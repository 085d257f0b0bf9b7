/**
 * What all look-ups at a site know of it: how often it may be asked, and whether it is out of order. While it is, nobody
 * waits for it: one request at a time finds out whether it answers again.
 */
import type { Failure } from '../../net/http-error.ts';
import { Pace, type Window } from '../../net/pace.ts';
import { ImportError } from '../list/import-error.ts';

/** As many failures in a row are an outage. */
const OUTAGE = 3;
/** ms that a site is left alone: twice as long after each failure during an outage */
const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 120_000;

/** Is told how each request to a site ended. */
export type SiteOutcomes = (outcome: 'answered' | Failure) => void;

export class SiteHealth {
  readonly #pace: Pace;
  #failures = 0;
  #pausedUntil = 0;
  #isProbed = false;

  /** @param site as people call it, for messages */
  constructor(
    readonly site: string,
    windows: readonly Window[],
    readonly asked: SiteOutcomes = () => {},
  ) {
    this.#pace = new Pace(windows);
  }

  /** Its last request failed: it deserves less patience. */
  get isDoubtful(): boolean {
    return this.#failures > 0;
  }

  /** How many more requests may be sent now. */
  left(now: number): number {
    return now < this.#pausedUntil ? 0 : this.#pace.left(now);
  }

  /** ms until the next request may be sent @throws ImportError 'away' while the site is out of order */
  wait(now: number): number {
    const isOut = this.#failures >= OUTAGE;
    if (now < this.#pausedUntil || (isOut && this.#isProbed)) throw this.#away(now);
    return this.#pace.wait(now);
  }

  /** Counts a request that is sent now. @returns receives how it ended */
  start(now: number): (end: 'answered' | 'failed' | 'left', now: number) => void {
    this.#pace.start(now);
    const isProbe = this.#failures >= OUTAGE;
    if (isProbe) this.#isProbed = true;
    return (end, now) => {
      if (isProbe) this.#isProbed = false;
      if (end === 'answered') this.#failures = 0;
      if (end === 'failed') this.#failed(now);
    };
  }

  /** The site asks to be left alone for so many ms. */
  pause(milliseconds: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(milliseconds, LONGEST_PAUSE));
  }

  #failed(now: number): void {
    const beyond = ++this.#failures - OUTAGE;
    if (beyond >= 0) this.pause(FIRST_PAUSE * 2 ** Math.min(beyond, 10), now);
  }

  #away(now: number): ImportError {
    const seconds = Math.max(1, Math.ceil((this.#pausedUntil - now) / 1000));
    return new ImportError(
      'away',
      `${this.site} does not answer at the moment. Try again in a minute, or bring the list as a file`,
      seconds,
    );
  }
}
