/** What speaks for a theme. `classify.ts` says how it is counted. */

export interface Evidence {
  /** phrases that say the theme: enough at the beginning of a synopsis, a half later on */
  readonly says?: string;
  /** true: such a phrase is enough wherever it stands */
  readonly anywhere?: true;
  /** phrases that are half of what is needed */
  readonly hints?: string;
  /** words of a title that are enough */
  readonly titles?: string;
  /** genres that are enough */
  readonly genres?: readonly string[];
  /** genres that add a half where a phrase speaks for the theme */
  readonly with?: readonly string[];
  /** one of these genres is needed */
  readonly only?: readonly string[];
  /** none of these genres may be there */
  readonly without?: readonly string[];
  /** phrases of a synopsis that speak against it: nothing else counts */
  readonly not?: string;
  /** other tags of anime-offline-database that mean it, beside its names and words */
  readonly tags?: string;
}

/** Evidence by the id of its theme. */
export type EvidenceTable = Readonly<Record<string, Evidence>>;
