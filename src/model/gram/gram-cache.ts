/** What several models are made from, computed once a run: people's G (ease, item-knn) and content's G (ease, content). */
import type { Dataset } from '../../data/dataset.ts';
import { BlockSymmetricMatrix } from '../../linalg/block-symmetric-matrix.ts';
import type { FacetWeights } from '../features/features.ts';
import type { FitContext } from '../recommender.ts';
import type { SharedGrams, Use, UserRowOptions } from '../shared-grams.ts';
import { addContent, addUsers } from './gram-matrices.ts';

export class GramCache implements SharedGrams {
  readonly #kept = new Map<
    string,
    { readonly gram: BlockSymmetricMatrix; readonly seconds: number }
  >();
  #borrowed = 0;

  constructor(
    private readonly dataset: Dataset,
    private readonly context: Omit<FitContext, 'grams'> = {},
  ) {}

  /** XᵀD^(−β)X over the people of the context. */
  userGram({ weights, userNormalization }: UserRowOptions, use: Use = 'read') {
    const options = { weights, userNormalization };
    const users = this.context.users ?? this.dataset.parts.train;
    return this.#matrix('people', options, use, (gram) =>
      addUsers(gram, this.dataset, users, options, this.context),
    );
  }

  /** TᵀT of the content rows: cosines between titles. */
  contentGram(features: FacetWeights, use: Use = 'read') {
    return this.#matrix('content', features, use, (gram) =>
      addContent(gram, this.dataset, { content: 1, features }, this.context),
    );
  }

  /** Seconds that others spent on what was asked for since the last call: a model alone would have spent them. */
  takeBorrowedSeconds(): number {
    const seconds = this.#borrowed;
    this.#borrowed = 0;
    return seconds;
  }

  /** Of a kind the last one is kept. */
  async #matrix(
    kind: string,
    options: unknown,
    use: Use,
    fill: (gram: BlockSymmetricMatrix) => Promise<void>,
  ): Promise<BlockSymmetricMatrix> {
    const key = `${kind} ${JSON.stringify(options)}`;
    let kept = this.#kept.get(key);
    if (kept) this.#borrowed += kept.seconds;
    else {
      for (const other of this.#kept.keys())
        if (other.startsWith(`${kind} `)) this.#kept.delete(other);
      const gram = new BlockSymmetricMatrix(this.dataset.items.size);
      const started = performance.now();
      await fill(gram);
      kept = { gram, seconds: (performance.now() - started) / 1000 };
      this.#kept.set(key, kept);
    }
    if (use === 'overwrite') this.#kept.delete(key);
    return kept.gram;
  }
}
