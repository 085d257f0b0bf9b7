/** Writes the files of a bundle: bundle.json, catalogue.json, models, people.safetensors, quality.json, traffic.json. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import type { Dataset } from '../data/dataset.ts';
import type { PersonQuality } from '../metric/person-quality.ts';
import type { Discovery } from '../model/discovery/discovery.ts';
import { writeDiscovery } from '../model/discovery/discovery-file.ts';
import type { ItemWeights } from '../model/item-weights/item-weights.ts';
import type { SlimWeights } from '../model/linear/slim-weights.ts';
import type { SecondStage } from '../model/rank/second-stage.ts';
import type { TrafficBaseline } from '../traffic/traffic.ts';
import { writePeople } from './people.ts';

export const FILES = {
  about: 'bundle.json',
  catalogue: 'catalogue.json',
  people: 'people.safetensors',
  /** of the second stage, beside two more files of it (model/rank/second-stage.ts); bundles of earlier releases have none */
  rank: 'rank.safetensors',
  /** of the model on each held-out user; absent without an evaluation */
  quality: 'quality.json',
  /** what traffic is compared with; bundles of earlier releases have none */
  traffic: 'traffic.json',
} as const;
/** The models by role; each is saved as <name>.safetensors. */
export const MODEL_NAMES = {
  hybrid: 'slim',
  collaborative: 'item-knn',
  content: 'content',
} as const;

/** The first of these that was trained is the published model: the leaderboard compares every other one with it. */
export const PUBLISHED_MODELS: readonly string[] = ['rank', MODEL_NAMES.hybrid];

/** The contents of bundle.json. */
export const BundleAbout = Type.Object({
  origin: Type.Object({ name: Type.String(), synthetic: Type.Boolean() }),
  /** of the dataset that the bundle was made from */
  fingerprint: Type.String(),
  people: Type.Integer({ minimum: 0 }),
  titles: Type.Integer({ minimum: 1 }),
  interactions: Type.Integer({ minimum: 0 }),
  model: Type.Literal(MODEL_NAMES.hybrid),
  /** measured on held-out users; absent without an evaluation */
  metrics: Type.Optional(Type.Record(Type.String(), Type.Number())),
  publishedAt: Type.String(),
});
export type BundleAbout = Static<typeof BundleAbout>;

export interface BundleParts {
  readonly dataset: Dataset;
  readonly models: {
    readonly slim: SlimWeights;
    readonly itemKnn: ItemWeights;
    readonly content: ItemWeights;
  };
  /** null or absent = titles are in the order of their scores */
  readonly secondStage?: SecondStage | null;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly quality?: PersonQuality | null;
  readonly traffic?: TrafficBaseline;
  /** what the rule `familiar` is made of; absent = its lists are as without it */
  readonly discovery?: Discovery;
  readonly clock?: () => Date;
}

/**
 * Writes the files into an existing, empty folder.
 * @throws RangeError when the parts come from different datasets
 */
export async function writeBundle(folder: string, parts: BundleParts): Promise<void> {
  const { dataset, models, secondStage, discovery, metrics, quality, traffic } = parts;
  const { clock = () => new Date() } = parts;
  checkParts(parts);
  const { catalogue, interactions, users } = dataset;
  const about: BundleAbout = {
    origin: { ...dataset.origin },
    fingerprint: dataset.fingerprint,
    people: interactions.users,
    titles: catalogue.length,
    interactions: interactions.indices.length,
    model: MODEL_NAMES.hybrid,
    ...(metrics ? { metrics: { ...metrics } } : {}),
    publishedAt: clock().toISOString(),
  };
  await writeFile(join(folder, FILES.about), `${JSON.stringify(about, null, 2)}\n`);
  await writeFile(
    join(folder, FILES.catalogue),
    `[\n${catalogue.map((anime) => JSON.stringify(anime)).join(',\n')}\n]\n`,
  );
  for (const model of [models.slim, models.itemKnn, models.content]) await model.save(folder);
  if (secondStage) await secondStage.save(folder);
  if (quality) await writeFile(join(folder, FILES.quality), `${JSON.stringify(quality)}\n`);
  if (discovery) await writeDiscovery(folder, discovery);
  if (traffic) await writeFile(join(folder, FILES.traffic), `${JSON.stringify(traffic)}\n`);
  await writePeople(join(folder, FILES.people), users.ids, interactions);
}

function checkParts({ dataset, models }: BundleParts): void {
  const titles = dataset.catalogue.length;
  const expected = {
    slim: MODEL_NAMES.hybrid,
    itemKnn: MODEL_NAMES.collaborative,
    content: MODEL_NAMES.content,
  };
  for (const [key, name] of Object.entries(expected)) {
    const model = models[key as keyof typeof models];
    if (model.name !== name)
      throw new RangeError(`writeBundle: models.${key} is "${model.name}", expected "${name}"`);
    if (model.items !== titles)
      throw new RangeError(
        `writeBundle: "${name}" has ${model.items} items, the catalogue ${titles} titles`,
      );
  }
  if (
    dataset.interactions.items !== titles ||
    dataset.items.size !== titles ||
    dataset.interactions.users !== dataset.users.size
  ) {
    throw new RangeError('writeBundle: catalogue, ids and interactions of the dataset disagree');
  }
}
