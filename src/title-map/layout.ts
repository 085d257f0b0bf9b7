/** Where titles stand on the map: UMAP (McInnes, Healy & Melville 2018) from each title's neighbours, by umap-js. */
import { UMAP } from 'umap-js';
import { random } from '../data/random.ts';
import { InterruptedError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { SIDE } from './grid.ts';
import { type MapBundle, neighbourhoodOf } from './neighbourhood.ts';
import { spectralInit } from './spectral-init.ts';

export interface LayoutOptions {
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

/** By item: x, y, x, y, … each from 0 to 65,535. */
export type Positions = Uint16Array;

/** Itself, and ten others. */
const NEIGHBOURS = 11;
/** Fewer of both than is usual for UMAP: titles begin where they belong. */
const EPOCHS = 50;
const NEGATIVES = 3;
/** Room for names between titles that are much alike. */
const APART = 0.4;
const SPREAD = 1.5;
/** With fewer titles there is nothing to project: they stand on a circle. */
const FEW = 8;
/** Epochs between two looks at the signal. */
const TURN = 5;

/** The same bundle and seed give the same map. */
export async function layOut(bundle: MapBundle, options: LayoutOptions = {}): Promise<Positions> {
  const { seed = 1, signal, progress = NO_PROGRESS } = options;
  const titles = bundle.catalogue.length;
  if (titles < FEW) return circle(titles);
  const k = Math.min(NEIGHBOURS, titles - 1);
  progress.step('finding neighbours', titles, 'titles');
  const { indices, distances } = neighbourhoodOf(bundle, k, (item) => progress.update(item));
  await turn(signal);
  const umap = new UMAP({
    nNeighbors: k,
    nEpochs: EPOCHS,
    negativeSampleRate: NEGATIVES,
    random: random(seed),
    minDist: APART,
    spread: SPREAD,
  });
  umap.setPrecomputedKNN(indices, distances);
  progress.step('tying neighbours');
  // With the neighbours given, of the vectors only their number is read.
  const epochs = umap.initializeFit(indices);
  const places = umap.getEmbedding();
  const fame = Float64Array.from(bundle.catalogue, ({ members }) => Math.log10(1 + members));
  spectralInit(indices, fame, seed).forEach((place, item) => {
    [places[item][0], places[item][1]] = place;
  });
  await turn(signal);
  progress.step('laying out the map', epochs, 'epochs');
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % TURN !== 0) continue;
    progress.update(epoch);
    await turn(signal);
  }
  return fitted(umap.getEmbedding());
}

/** Other work gets its turn. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new InterruptedError('The map was interrupted; the last one is kept');
}

/** Of the square; the rest is margin. */
const USED = 0.96;

function circle(titles: number): Positions {
  const positions = new Uint16Array(2 * titles);
  for (let item = 0; item < titles; item++) {
    const angle = (2 * Math.PI * item) / titles;
    const radius = titles === 1 ? 0 : USED / 2;
    positions[2 * item] = SIDE * (0.5 + radius * Math.cos(angle));
    positions[2 * item + 1] = SIDE * (0.5 + radius * Math.sin(angle));
  }
  return positions;
}

/** The share of titles, the nearest to the middle, that is drawn to scale. */
const NEAR = 0.85;
/** How far beyond them the furthest island is drawn, in their own radius. */
const BEYOND = 0.6;

/**
 * Into the square, proportions kept. The few islands far out are drawn nearer, in the same order, so that they do not
 * make everything else small: r → s·(1 + b·(1 − e^((1 − r/s) / b))) beyond the distance s that 85 % of the titles are
 * within.
 */
export function fitted(points: readonly (readonly number[])[]): Positions {
  const middle = [0, 1].map((axis) =>
    quantile(
      points.map((point) => point[axis]),
      0.5,
    ),
  );
  const vectors = points.map(([x, y]) => [x - middle[0], y - middle[1]] as const);
  const near = Math.max(
    quantile(
      vectors.map(([x, y]) => Math.hypot(x, y)),
      NEAR,
    ),
    Number.MIN_VALUE,
  );
  const drawn = vectors.map(([x, y]) => {
    const radius = Math.hypot(x, y) / near;
    const excess = BEYOND * (1 - Math.exp((1 - radius) / BEYOND));
    const factor = radius > 1 ? (1 + excess) / radius : 1;
    return [x * factor, y * factor] as const;
  });
  const reach = drawn.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 0) || 1;
  const positions = new Uint16Array(2 * points.length);
  drawn.forEach(([x, y], item) => {
    positions[2 * item] = SIDE * (0.5 + (USED / 2) * (x / reach));
    positions[2 * item + 1] = SIDE * (0.5 + (USED / 2) * (y / reach));
  });
  return positions;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(share * (sorted.length - 1))];
}
