/** A small training for tests. */
import { parseEmbeddingOptions } from '../../src/model/embedding/options.ts';
import { smallDataset } from './small-dataset.ts';

export const trained = {
  dataset: smallDataset({ people: 600 }),
  options: parseEmbeddingOptions({
    dimension: 16,
    batch: 200,
    epochs: 8,
    negatives: 1,
    validationRows: 0.1,
    schedule: { kind: 'plateau', rate: 0.01 },
  }),
};
