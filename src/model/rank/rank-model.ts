/** Fitting and loading of the model `rank` (rank.ts). */
import { SlimOptions } from '../../config/model-options.ts';
import type { Dataset } from '../../data/dataset.ts';
import { UsageError } from '../../error.ts';
import { NO_PROGRESS } from '../../progress.ts';
import { defineModel } from '../define-model.ts';
import { SlimWeights } from '../linear/slim-weights.ts';
import { type FitContext, fittedBefore, type Recommender } from '../recommender.ts';
import { titleFactsOf } from './features/title-facts.ts';
import { statisticsOf, usersOf } from './features/title-statistics.ts';
import { heldOutGroups, listsOfEach, stageWithout } from './lists/held-out-stages.ts';
import { partLesson, wholeLesson } from './lists/lessons.ts';
import { ListCollector } from './lists/list-collector.ts';
import { Rank } from './rank.ts';
import type { RankLists } from './rank-lists.ts';
import { RankOptions } from './rank-options.ts';
import { SecondStage } from './second-stage.ts';
import { trainNetwork } from './train-network.ts';

const FIRST = 'slim';

export const rank = defineModel({
  name: 'rank',
  options: RankOptions,
  sharedOptions: Object.keys(SlimOptions.properties) as (keyof SlimOptions)[],
  async fit(dataset, options, context) {
    const first = slimOf(fittedBefore(FIRST, context, 'rank'));
    const users = context.users ?? dataset.parts.train;
    const people = users.to - users.from;
    const reason = reasonNotTo(dataset, people, options);
    if (reason !== null) {
      context.progress?.note(`rank keeps the order of ${FIRST}: ${reason}`);
      return new Rank(first, null);
    }
    const { whole, part } = await listsFor(dataset, options, context);
    const training = { ...options.network, seed: options.seed };
    const about = { ...context, fingerprint: dataset.fingerprint };
    const networks = {
      whole: await trainNetwork(whole, training, { ...about, name: 'whole' }),
      part: await trainNetwork(part, training, { ...about, name: 'part' }),
    };
    const statistics = statisticsOf(dataset.interactions, usersOf(users));
    const titles = titleFactsOf(dataset.catalogue, statistics);
    return new Rank(first, new SecondStage(first, titles, networks));
  },
  async load(folder, loadOther) {
    return Rank.load(folder, slimOf(await loadOther(FIRST)));
  },
});

/** Why there is nothing to learn from; null = there is. */
function reasonNotTo(
  { origin }: Dataset,
  people: number,
  { fewestPeople, synthetic }: RankOptions,
): string | null {
  if (origin.synthetic && !synthetic)
    return `the people of "${origin.name}" are made up, and what it would learn of them is how they were made`;
  if (people >= fewestPeople) return null;
  return `it learns from ${fewestPeople} training people or more, and there are ${people}`;
}

function slimOf(model: Recommender): SlimWeights {
  if (model instanceof SlimWeights) return model;
  throw new UsageError(`rank orders what ${FIRST} finds; "${model.name}" is another model`);
}

/** A part draws by its seed and by the one after it. */
const SEEDS_APART = 1000;

/** Of each person whole lists and parts, scored by a first stage that has not seen the person. */
async function listsFor(
  dataset: Dataset,
  options: RankOptions,
  context: FitContext,
): Promise<{ whole: RankLists; part: RankLists }> {
  const { interactions, users, parts } = dataset;
  const { progress = NO_PROGRESS } = context;
  const groups = heldOutGroups(context.users ?? parts.train, options.seed);
  const ofEach = listsOfEach(groups);
  const most = groups.reduce((sum, { length }) => sum + length, 0) * ofEach;
  const whole = new ListCollector(most);
  const part = new ListCollector(most);
  for (const [n, people] of groups.entries()) {
    const stage = await stageWithout(people, dataset, options, context);
    progress.step(`lists of group ${n + 1} of ${groups.length}`, people.length, 'people');
    for (const [done, user] of people.entries()) {
      for (let list = 0; list < ofEach; list++) {
        const drawn = { userId: users.ids[user], seed: options.seed + list * SEEDS_APART };
        whole.add(wholeLesson(interactions, user, drawn), stage);
        part.add(partLesson(interactions, user, drawn), stage);
      }
      progress.update(done + 1);
    }
  }
  return { whole: whole.lists, part: part.lists };
}
