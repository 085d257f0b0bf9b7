/**
 * Hyperparameter search for slim's weights for whole lists, on validation users, by coordinate descent: one parameter at
 * a time, keeping the best value, until a round improves nothing. The objective is the mean of liked NDCG@10, Recall@20 and NDCG@100.
 *
 * The search may use only the most listed titles: G costs items², and nearly all held-out titles are among the first few
 * thousand. The winner is evaluated on the whole catalogue at the end.
 */
import { parseSlimOptions, type SlimOptions } from './config/model-options.ts';
import { mostListed } from './data/catalogue/most-listed.ts';
import type { Dataset } from './data/dataset.ts';
import { openDataset } from './data/dataset-file.ts';
import { type HeldOutUser, heldOutUsers } from './data/held-out-users.ts';
import { InterruptedError, OsusumeError, UsageError } from './error.ts';
import { BlockSymmetricMatrix } from './linalg/block-symmetric-matrix.ts';
import { evaluateModel, type ModelEvaluation } from './metric/evaluate-model.ts';
import { addContent, addScaled, addUsers } from './model/gram/gram-matrices.ts';
import { solveSlim, titlesOf } from './model/linear/slim.ts';
import { listedShares } from './model/listings.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';

/** Dotted path of an option, e.g. "weights.slope" → the values to try. */
export type Grid = Readonly<Record<string, readonly number[]>>;

export interface TuneOptions {
  readonly home: string;
  /** the options that the search begins with */
  readonly slim: SlimOptions;
  readonly grid: Grid;
  /** titles to search on; 0 = all */
  readonly items?: number;
  readonly rounds?: number;
  readonly seed?: number;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface Trial {
  readonly parameter: string;
  readonly value: number;
  readonly objective: number;
  readonly best: boolean;
}

export interface TuneResult {
  readonly slim: SlimOptions;
  readonly trials: readonly Trial[];
  /** of the winner, on the whole catalogue */
  readonly evaluation: ModelEvaluation;
}

/**
 * @throws UsageError before the search when the grid names an unknown option or a value that it cannot have,
 * OsusumeError when no held-out title is liked
 */
export async function tune(options: TuneOptions): Promise<TuneResult> {
  const { home, grid, items = 0, rounds = 2, seed = 42, progress = NO_PROGRESS, signal } = options;
  for (const [parameter, values] of Object.entries(grid))
    for (const value of values) withValue(options.slim, parameter, value);
  const dataset = await openDataset(home);
  const context = { threads: options.threads, signal };
  const search = new Search(items > 0 ? mostListed(dataset, items) : dataset, seed, context);
  let best = options.slim;
  let objective = await search.objective(best);
  if (!Number.isFinite(objective))
    throw new OsusumeError(
      `Tuning: none of the ${search.evaluatedPeople} validation people likes a title that is held out, so no options can be compared. Prepare a larger dataset, or search on more --items`,
    );
  progress.note(`start: ${objective.toFixed(4)}`);
  const trials: Trial[] = [];
  for (let round = 1; round <= rounds; round++) {
    const before = objective;
    for (const [parameter, values] of Object.entries(grid)) {
      progress.step(`round ${round}: ${parameter}`, values.length, 'values');
      const start = best;
      for (const [tried, value] of values.entries()) {
        if (signal?.aborted) throw new InterruptedError('Interrupted while tuning');
        const candidate = withValue(start, parameter, value);
        if (valueAt(best, parameter) === value) continue;
        const reached = await search.objective(candidate);
        const better = reached > objective;
        trials.push({ parameter, value, objective: reached, best: better });
        progress.note(
          `${parameter} = ${value}: ${reached.toFixed(4)}${better ? ' (best so far)' : ''}`,
        );
        if (better) [best, objective] = [candidate, reached];
        progress.update(tried + 1);
      }
    }
    if (objective - before < 1e-4) break;
  }
  progress.step('evaluating the winner on the whole catalogue');
  const evaluation = await new Search(dataset, seed, context).evaluate(best);
  progress.end();
  return { slim: best, trials, evaluation };
}

function objectiveOf({ liked }: ModelEvaluation): number {
  return (liked.ndcg10.mean + liked.recall20.mean + liked.ndcg100.mean) / 3;
}

/** Fits and evaluates; matrices that a parameter does not change are kept. */
class Search {
  private readonly people: HeldOutUser[];
  private readonly listedShare: Float32Array;
  private readonly grams = new Map<string, BlockSymmetricMatrix>();

  constructor(
    private readonly dataset: Dataset,
    seed: number,
    private readonly context: { threads?: number; signal?: AbortSignal },
  ) {
    this.people = heldOutUsers(dataset, dataset.parts.validation, seed);
    this.listedShare = listedShares(dataset, dataset.parts.train);
  }

  get evaluatedPeople(): number {
    return this.people.length;
  }

  async objective(slim: SlimOptions): Promise<number> {
    return objectiveOf(await this.evaluate(slim));
  }

  async evaluate(slim: SlimOptions): Promise<ModelEvaluation> {
    const { weights, userNormalization, features } = slim;
    const people = await this.gram('people', { weights, userNormalization }, (gram) =>
      addUsers(gram, this.dataset, this.dataset.parts.train, slim, this.context),
    );
    const content = await this.gram('content', features, (gram) =>
      addContent(gram, this.dataset, { content: 1, features }, this.context),
    );
    const gram = people.copy();
    addScaled(gram, content, slim.content);
    const titles = titlesOf(this.dataset, this.dataset.parts.train);
    const model = await solveSlim(gram, titles, slim, this.context);
    return evaluateModel(model, this.people, this.listedShare);
  }

  /** The last G of a kind is kept for the next trial. */
  private async gram(
    kind: string,
    options: unknown,
    fill: (gram: BlockSymmetricMatrix) => Promise<void>,
  ): Promise<BlockSymmetricMatrix> {
    const key = `${kind} ${JSON.stringify(options)}`;
    const known = this.grams.get(key);
    if (known) return known;
    const gram = new BlockSymmetricMatrix(this.dataset.items.size);
    await fill(gram);
    const ofKind = [...this.grams.keys()].filter((other) => other.startsWith(`${kind} `));
    if (ofKind.length >= 2) this.grams.delete(ofKind[0]);
    this.grams.set(key, gram);
    return gram;
  }
}

function valueAt(options: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], options);
}

function withValue(options: SlimOptions, path: string, value: number): SlimOptions {
  if (typeof valueAt(options, path) !== 'number')
    throw new UsageError(
      `The search names "${path}", which is not an option of slim: see src/config/model-options.ts`,
    );
  const copy = structuredClone(options) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  parent[last] = value;
  return parseSlimOptions(copy);
}
