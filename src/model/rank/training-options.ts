/** How the network of the second stage is trained. docs/models.md has what was tried. */

export interface RankTrainingOptions {
  /** units of the two hidden layers, multiples of 8 */
  readonly hidden1: number;
  readonly hidden2: number;
  readonly epochs: number;
  /** lists of a batch */
  readonly batch: number;
  /** of the first step; it falls along a cosine to 0 */
  readonly rate: number;
  /** share of the rate by which each step makes weights and biases smaller (AdamW) */
  readonly decay: number;
  /** probability that a hidden unit is left out */
  readonly dropout: number;
  /** the loss counts pairs of which one is among so many first candidates */
  readonly first: number;
  readonly seed: number;
}

export const RANK_TRAINING: RankTrainingOptions = {
  hidden1: 48,
  hidden2: 16,
  epochs: 10,
  batch: 64,
  rate: 4e-3,
  decay: 0.02,
  dropout: 0.1,
  first: 60,
  seed: 1,
};
