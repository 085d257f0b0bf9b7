/** G of users and G of content, which several models are made from; made once a run (gram/gram-cache.ts). */
import type { SlimOptions } from '../config/model-options.ts';
import type { BlockSymmetricMatrix } from '../linalg/block-symmetric-matrix.ts';
import type { FacetWeights } from './features/features.ts';

/** How users' rows are weighed. */
export type UserRowOptions = Pick<SlimOptions, 'weights' | 'userNormalization'>;

/** A matrix of all item pairs is large: with 'overwrite' the caller may change it in place, and later calls get a new one. */
export type Use = 'read' | 'overwrite';

export interface SharedGrams {
  /** XᵀD^(−β)X over users */
  userGram(options: UserRowOptions, use?: Use): Promise<BlockSymmetricMatrix>;
  /** TᵀT of the content rows: cosines between titles */
  contentGram(features: FacetWeights, use?: Use): Promise<BlockSymmetricMatrix>;
}
