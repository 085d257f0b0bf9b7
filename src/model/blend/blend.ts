/**
 * Blend: the weighted hybrid of any models.
 *
 *   score[j] = Σ_m ((1 − t)·w_m + t·v_m) · (s_m[j] − mean_m) / deviation_m,     t = min(1, 5 / titles seen)
 *
 * mean and deviation are taken over this profile's scores of the items that are not in it, so that neither a model's
 * scale nor its treatment of seen titles matters. A model that scores all items alike adds nothing.
 *
 * w are the weights for long lists, v those for lists of at most five titles; the best ones differ much
 * (docs/models.md).
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../../data/interactions.ts';
import { ArtefactError, UsageError } from '../../error.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import { HIDDEN } from '../mask.ts';
import { priorDecay } from '../prior-decay.ts';
import type { LoadModel, Ranked, Recommender } from '../recommender.ts';
import { topItems } from '../top.ts';

export interface BlendMember {
  readonly model: Recommender;
  /** w, for a long list; rounded to float32 */
  readonly weight: number;
  /** v, for a short one (default: w) */
  readonly shortWeight?: number;
}

export class Blend implements Recommender {
  readonly name = 'blend';
  readonly items: number;
  readonly members: readonly Required<BlendMember>[];

  /** @throws UsageError when there is no member, two have one name, items differ, or a weight is not a number */
  constructor(members: readonly BlendMember[]) {
    checkMembers(members);
    this.members = members.map(({ model, weight, shortWeight = weight }) => ({
      model,
      weight: Math.fround(weight),
      shortWeight: Math.fround(shortWeight),
    }));
    this.items = members[0].model.items;
  }

  score(profile: Profile): Float32Array {
    const scores = new Float32Array(this.items);
    const short = priorDecay(profile);
    for (const { model, weight, shortWeight } of this.members) {
      const w = (1 - short) * weight + short * shortWeight;
      if (w === 0) continue;
      const z = standardize(model.score(profile), profile.items);
      for (let j = 0; j < scores.length; j++) scores[j] += w * z[j];
    }
    return scores;
  }

  /** Each member's most similar, its best counting 1, added up by w. */
  similarItems(item: number, k: number): Ranked {
    const ties = new Float32Array(this.items);
    for (const { model, weight } of this.members) {
      const { items, scores } = model.similarItems(item, Math.max(k, SIMILAR));
      for (let r = 0; r < items.length; r++)
        if (scores[r] > 0) ties[items[r]] += (weight * scores[r]) / scores[0];
    }
    return topItems(
      ties.map((tie) => (tie > 0 ? tie : HIDDEN)),
      k,
    );
  }

  /** Writes `blend.safetensors` (w and v in the order of the names), and the members that are not in the folder yet. */
  async save(folder: string): Promise<void> {
    const weights = Float32Array.from(this.members, ({ weight }) => weight);
    const shortWeights = Float32Array.from(this.members, ({ shortWeight }) => shortWeight);
    const members = JSON.stringify(this.members.map(({ model }) => model.name));
    await writeSafetensors(
      join(folder, FILE),
      {
        weights: { shape: [weights.length], data: weights },
        short_weights: { shape: [weights.length], data: shortWeights },
      },
      { format: FORMAT, members },
    );
    const saved = await readdir(folder);
    for (const { model } of this.members)
      if (!saved.includes(`${model.name}.safetensors`)) await model.save(folder);
  }

  /**
   * @param loadOther reads a member from the folder
   * @throws ArtefactError when a file is truncated, altered or not what `save` writes, or a member is not known
   */
  static async load(folder: string, loadOther: LoadModel): Promise<Blend> {
    const path = join(folder, FILE);
    const { names, weights, shortWeights } = await readWeights(path);
    const members: BlendMember[] = [];
    for (const [m, name] of names.entries()) {
      const model = await loadOther(name).catch((error: unknown) => {
        if (!(error instanceof UsageError)) throw error;
        throw new ArtefactError(
          `${path} blends "${name}". ${error.message}. Train the model again`,
        );
      });
      members.push({ model, weight: weights[m], shortWeight: shortWeights[m] });
    }
    return new Blend(members);
  }
}

const FILE = 'blend.safetensors';
const FORMAT = 'osusume-blend-1';

/** Titles of each member that are looked at for similar ones. */
const SIMILAR = 100;

/**
 * z-scores, in place: mean 0 and deviation 1 over the items that are not in the profile; zeros when those are all alike.
 * @param own items of the profile
 */
export function standardize(scores: Float32Array, own: Uint32Array): Float32Array {
  const others = scores.length - own.length;
  let sum = 0;
  for (const score of scores) sum += score;
  for (const item of own) sum -= scores[item];
  const mean = others === 0 ? 0 : sum / others;
  let squares = 0;
  for (const score of scores) squares += (score - mean) ** 2;
  for (const item of own) squares -= (scores[item] - mean) ** 2;
  const deviation = Math.sqrt(Math.max(0, squares) / Math.max(1, others));
  // alike but for the rounding of their sum
  if (!(deviation > 1e-7 * Math.abs(mean)) || deviation === 0) return scores.fill(0);
  for (let j = 0; j < scores.length; j++) scores[j] = (scores[j] - mean) / deviation;
  return scores;
}

function checkMembers(members: readonly BlendMember[]): void {
  if (members.length === 0)
    throw new UsageError('A blend of no models: name at least one with its weight');
  const names = new Set<string>();
  for (const { model, weight, shortWeight = weight } of members) {
    if (names.has(model.name))
      throw new UsageError(`A blend has "${model.name}" twice: give it one weight`);
    names.add(model.name);
    for (const w of [weight, shortWeight])
      if (!Number.isFinite(w))
        throw new UsageError(`The blend's weight of "${model.name}" is ${w}, expected a number`);
    if (model.items !== members[0].model.items)
      throw new UsageError(
        `A blend of "${members[0].model.name}" with ${members[0].model.items} items and "${model.name}" with ${model.items}: fit them on one dataset`,
      );
  }
}

async function readWeights(path: string) {
  const file = await SafetensorsFile.open(path);
  try {
    if (file.metadata.format !== FORMAT)
      throw new ArtefactError(
        `${path} has the format ${file.metadata.format ?? '(none)'}, expected ${FORMAT}: train the model again`,
      );
    const names = parseNames(file.metadata.members);
    const weights = await file.read('weights', Float32Array);
    const shortWeights = await file.read('short_weights', Float32Array);
    const all = [...weights, ...shortWeights];
    if (names && all.length === 2 * names.length && all.every(Number.isFinite))
      return { names, weights, shortWeights };
    throw new ArtefactError(
      `${path} is altered: it has the weights ${all} for the members ${file.metadata.members}`,
    );
  } finally {
    await file.close();
  }
}

function parseNames(text: string): string[] | null {
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
  } catch {
    return null;
  }
}
