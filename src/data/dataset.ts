/** What training reads: dense ids, interactions, catalogue, and who is held out. */
import type { Catalogue } from './anime.ts';
import type { IdMap } from './id-map.ts';
import type { Interactions } from './interactions.ts';

/** The users from ≤ user < to. */
export interface UserRange {
  readonly from: number;
  readonly to: number;
}

export interface Dataset {
  /** SHA-256 over the checksum of the rows and the options */
  readonly fingerprint: string;
  /** where the rows come from, e.g. "sample" or a folder's name; `synthetic` when no real person is in it */
  readonly origin: { readonly name: string; readonly synthetic: boolean };
  /** indexed by item; most listed first */
  readonly catalogue: Catalogue;
  readonly items: IdMap;
  readonly users: IdMap;
  /** users in the order train, validation, test; within each by userId */
  readonly interactions: Interactions;
  readonly parts: {
    readonly train: UserRange;
    readonly validation: UserRange;
    readonly test: UserRange;
  };
}
