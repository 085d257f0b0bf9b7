/**
 * All columns of a model on held-out users. What is the same for every model is made once: which titles are known in
 * each task, its targets, and the draws of the bootstrap.
 */
import type { Dataset } from '../data/dataset.ts';
import type { HeldOutUser } from '../data/held-out-users.ts';
import { topItems } from '../model/top.ts';
import { type ModelEvaluation, mainColumns, type NamedValues, named } from './evaluate-model.ts';
import { FranchiseUnits } from './franchise-units.ts';
import { Bootstrap, type Interval } from './interval.ts';
import { gini } from './list/gini.ts';
import { ListMeasures } from './list/list-measures.ts';
import { LONGEST, relevanceValues, type Scorer, scoresOfUnknown } from './ranking.ts';
import { discovery } from './task/discovery.ts';
import { fewKnown } from './task/few-known.ts';
import { newStories, type StoryCase } from './task/new-stories.ts';
import { rankCases, type TaskCase, type TaskEvaluation, type TaskName } from './task/task.ts';

export interface EvaluatorOptions {
  /** of each item, the share of training people who list it */
  readonly listedShare: ArrayLike<number>;
  readonly seed: number;
  /** also 20 and 50 known titles */
  readonly all?: boolean;
}

export interface Evaluated {
  readonly evaluation: ModelEvaluation;
  /** person by person, to compare models */
  readonly values: NamedValues;
}

export class ModelEvaluator {
  readonly #people: readonly HeldOutUser[];
  readonly #listedShare: ArrayLike<number>;
  readonly #bootstrap = new Bootstrap();
  readonly #stories: FranchiseUnits;
  readonly #newStories: readonly StoryCase[];
  readonly #listMeasures: ListMeasures;
  readonly #titles: number;
  readonly #tasks: readonly (readonly [TaskName, readonly TaskCase[]])[];

  constructor(
    { catalogue }: Pick<Dataset, 'catalogue'>,
    people: readonly HeldOutUser[],
    { listedShare, seed, all = false }: EvaluatorOptions,
  ) {
    this.#people = people;
    this.#listedShare = listedShare;
    this.#stories = new FranchiseUnits(catalogue);
    this.#newStories = newStories(people, this.#stories);
    const setting = { catalogue, listedShare, stories: this.#stories };
    this.#listMeasures = new ListMeasures(people, setting);
    this.#titles = catalogue.length;
    this.#tasks = [
      ['discovery', discovery(people, { stories: this.#stories, listedShare, seed })],
      ['fewKnown5', fewKnown(people, 5, seed)],
      ...(all
        ? ([
            ['fewKnown20', fewKnown(people, 20, seed)],
            ['fewKnown50', fewKnown(people, 50, seed)],
          ] as const)
        : []),
    ];
  }

  evaluate(model: Scorer): Evaluated {
    const { lists, storyLists, milliseconds } = this.#rank(model);
    const people = this.#people;
    const main = mainColumns(
      { model: model.name, people, lists },
      this.#listedShare,
      this.#bootstrap,
    );
    const found: readonly (readonly [TaskName, readonly ArrayLike<number>[], Targets])[] = [
      ['newStories', storyLists, this.#newStories],
      ...this.#tasks.map(([name, cases]) => [name, rankCases(model, cases), cases] as const),
    ];
    const values = found.map(([name, ranked, cases]) => [name, taskValues(ranked, cases)] as const);
    const listValues = this.#listMeasures.of(lists);
    return {
      evaluation: {
        ...main.evaluation,
        lists: {
          ...this.#bootstrap.ratios(listValues),
          gini10: gini(lists, 10, this.#titles),
        },
        tasks: Object.fromEntries(values.map(([name, of]) => [name, this.#taskEvaluation(of)])),
        millisecondsPerPerson: milliseconds / Math.max(1, people.length),
      },
      values: Object.assign(
        { ...main.values, ...named('lists', listValues) },
        ...values.map(([name, of]) => named(name, of)),
      ) as NamedValues,
    };
  }

  /** values(a) − values(b) for each measure that both have. */
  differences(a: NamedValues, b: NamedValues): Record<string, Interval> {
    return Object.fromEntries(
      Object.keys(a)
        .filter((name) => name in b)
        .map((name) => [name, this.#bootstrap.difference(a[name], b[name])]),
    );
  }

  /** The same scores give the list and, with what belongs to known stories hidden, the list of new stories. */
  #rank(model: Scorer) {
    const lists: Uint32Array[] = [];
    const storyLists: Uint32Array[] = [];
    let milliseconds = 0;
    for (const [i, { known }] of this.#people.entries()) {
      const started = performance.now();
      const scores = scoresOfUnknown(model, known);
      lists.push(topItems(scores, LONGEST).items);
      milliseconds += performance.now() - started;
      this.#stories.hide(scores, this.#newStories[i].known);
      storyLists.push(topItems(scores, LONGEST).items);
    }
    return { lists, storyLists, milliseconds };
  }

  #taskEvaluation(values: ReturnType<typeof relevanceValues>): TaskEvaluation {
    const people = values.ndcg10.counts.reduce((sum, count) => sum + count, 0);
    return { people, liked: this.#bootstrap.ratios(values) };
  }
}

type Targets = readonly { readonly targets: ReadonlySet<number> }[];

function taskValues(ranked: readonly ArrayLike<number>[], cases: Targets) {
  return relevanceValues(
    ranked,
    cases.map(({ targets }) => targets),
  );
}
