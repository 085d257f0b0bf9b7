/**
 * Models of a home on its validation people: every column of the leaderboard, and the paired differences from the first
 * named model. Nothing is written. The models must be in the home (`osusume train --models …`).
 *
 *   npm run bench -- ranking --home <folder> [--models slim,rank] [--part validation] [--seed 42] [--all]
 */
import { parseArgs } from 'node:util';
import { openDataset } from '../src/data/dataset-file.ts';
import { heldOutUsers } from '../src/data/held-out-users.ts';
import { openModels } from '../src/home/train-record.ts';
import { leaderboardText } from '../src/metric/leaderboard.ts';
import { type Evaluated, ModelEvaluator } from '../src/metric/model-evaluator.ts';
import { listedShares } from '../src/model/listings.ts';
import { loadModel } from '../src/model/registry.ts';

const { values: given } = parseArgs({
  options: {
    home: { type: 'string', default: process.env.OSUSUME_HOME ?? '.osusume' },
    models: { type: 'string', default: 'slim' },
    part: { type: 'string', default: 'validation' },
    seed: { type: 'string', default: '42' },
    all: { type: 'boolean', default: false },
  },
});
if (given.part !== 'validation' && given.part !== 'test')
  throw new Error(`--part is "${given.part}", expected validation or test`);
const { home, part, all } = given;
const seed = Number(given.seed);
const dataset = await openDataset(home);
const { folder, version, record } = await openModels(home, dataset.fingerprint);
const people = heldOutUsers(dataset, dataset.parts[part], seed);
const listedShare = listedShares(dataset, dataset.parts.train);
const evaluator = new ModelEvaluator(dataset, people, { listedShare, seed, all });
const names = given.models.split(',');
const missing = names.filter((name) => !(name in record.models));
if (missing.length > 0)
  throw new Error(
    `${home} has no model ${missing.join(', ')}: run "osusume train --models ${names.join(',')}"`,
  );
const evaluated: Evaluated[] = [];
for (const name of names) {
  const model = await loadModel(name, folder);
  evaluated.push(evaluator.evaluate(model));
}
const [first] = evaluated;
console.log(
  leaderboardText({
    ...{ fingerprint: dataset.fingerprint, modelVersion: version, origin: dataset.origin },
    ...{ part, people: people.length, titles: dataset.items.size },
    models: evaluated.map(({ evaluation, values }, i) => ({
      ...evaluation,
      ...(i > 0 && {
        difference: {
          from: first.evaluation.model,
          of: evaluator.differences(values, first.values),
        },
      }),
    })),
  }),
);
