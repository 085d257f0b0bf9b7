/** What code below the server tells of its caches and of the services that it asks. The server makes metrics of it. */
import type { Failure } from '../net/http-error.ts';

/** How a service answered; of a language model also that its text could not be used. */
export type Outcome = 'answered' | Failure;

export interface Meter {
  /** A service has answered or failed; what nobody waits for any more does not count. */
  asked(upstream: string, outcome: Outcome): void;
  /** How many more requests a service may be sent now. Read whenever metrics are. */
  budget(upstream: string, left: () => number): void;
  /** A cache was asked for something. */
  cache(name: string, isHit: boolean): void;
}

export const NO_METER: Meter = { asked() {}, budget() {}, cache() {} };
