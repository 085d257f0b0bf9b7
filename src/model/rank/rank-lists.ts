/** Lists of candidates with features: what the network of the second stage is trained on. */

export interface RankLists {
  /** features of a candidate */
  readonly width: number;
  /** candidates × width, as they are (not standardised) */
  readonly features: Float32Array;
  /** ln of the first stage's score of each candidate */
  readonly logScores: Float32Array;
  /** where the candidates of each list begin, and where the last ones end */
  readonly indptr: Uint32Array;
  /** 1 for each candidate that the person liked */
  readonly relevant: Uint8Array;
  /** titles of each list that the person liked and the first stage should have found, candidates or not */
  readonly targets: Uint32Array;
}
