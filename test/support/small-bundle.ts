/** Publishes the small world of small-catalogue.ts as a bundle. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Anime } from '../../src/data/anime.ts';
import { type Artefact, type WriteOptions, writeArtefact } from '../../src/home/artefact.ts';
import { ItemWeights } from '../../src/model/item-weights/item-weights.ts';
import { type BundleParts, writeBundle } from '../../src/recommend/bundle-file.ts';
import { trainingTraffic } from '../../src/traffic/training-traffic.ts';
import { CATALOGUE, fallingWeights, slimOf, smallDataset, WEIGHTS } from './small-catalogue.ts';

export function newHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'osusume-home-'));
}

export function smallParts(catalogue: readonly Anime[] = CATALOGUE): BundleParts {
  const weights = fallingWeights(catalogue.length);
  const model = (name: string) => new ItemWeights(name, weights, WEIGHTS);
  const dataset = smallDataset(catalogue);
  return {
    dataset,
    models: { slim: slimOf(weights), itemKnn: model('item-knn'), content: model('content') },
    metrics: { likedNdcg10: 0.57 },
    traffic: trainingTraffic(dataset, () => [1, 2]),
    clock: () => new Date('2026-01-02T03:04:05Z'),
  };
}

export function publishSmall(
  home: string,
  catalogue?: readonly Anime[],
  options?: WriteOptions,
): Promise<Artefact> {
  const write = (folder: string) => writeBundle(folder, smallParts(catalogue));
  return writeArtefact(home, 'bundle', write, options);
}
