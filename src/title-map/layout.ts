/** Lays out the titles by UMAP (McInnes, Healy & Melville 2018) of their neighbours, with umap-js. */
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

/** By item: x, y, x, y, …, each from 0 to 65,535. */
export type Positions = Uint16Array;

/** Neighbours of a title: itself and ten others. */
const NEIGHBOURS = 11;
/** Fewer epochs and negative samples than usual for UMAP, because the initial positions are already good. */
const EPOCHS = 50;
const NEGATIVES = 3;
/** UMAP's minimal distance: room for names between very similar titles. */
const APART = 0.4;
const SPREAD = 1.5;
/** Fewer titles are placed on a circle. */
const FEW = 8;
/** Epochs between two checks of the signal. */
const CHECK_EVERY = 5;

/** The same bundle and seed give the same map. */
export async function layOut(bundle: MapBundle, options: LayoutOptions = {}): Promise<Positions> {
  const { seed = 1, signal, progress = NO_PROGRESS } = options;
  const titles = bundle.catalogue.length;
  if (titles < FEW) return circle(titles);
  const k = Math.min(NEIGHBOURS, titles - 1);
  progress.step('finding neighbours', titles, 'titles');
  const { indices, distances } = neighbourhoodOf(bundle, k, (item) => progress.update(item));
  await yieldToEventLoop(signal);
  const umap = new UMAP({
    nNeighbors: k,
    nEpochs: EPOCHS,
    negativeSampleRate: NEGATIVES,
    random: random(seed),
    minDist: APART,
    spread: SPREAD,
  });
  umap.setPrecomputedKNN(indices, distances);
  progress.step('building the graph');
  // given the neighbours, umap-js reads only the number of vectors
  const epochs = umap.initializeFit(indices);
  const places = umap.getEmbedding();
  const popularity = Float64Array.from(bundle.catalogue, ({ members }) => Math.log10(1 + members));
  spectralInit(indices, popularity, seed).forEach((place, item) => {
    [places[item][0], places[item][1]] = place;
  });
  await yieldToEventLoop(signal);
  progress.step('laying out the map', epochs, 'epochs');
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % CHECK_EVERY !== 0) continue;
    progress.update(epoch);
    await yieldToEventLoop(signal);
  }
  return fitted(umap.getEmbedding());
}

/** Lets other work run. */
async function yieldToEventLoop(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new InterruptedError('The map was interrupted; the last one is kept');
}

/** The share of the square that is used; the rest is margin. */
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

/** The share of titles, those nearest to the middle, that is drawn to scale. */
const NEAR = 0.85;
/** The farthest title is drawn at most this far beyond them, in units of their radius. */
const BEYOND = 0.6;

/**
 * Scales the points into the square and keeps their proportions. Points beyond the radius s of 85 % of the titles are
 * drawn nearer, in the same order, so that a few distant islands do not make everything else small:
 * r → s·(1 + b·(1 − e^((1 − r/s) / b))).
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
