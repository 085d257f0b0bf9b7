/** Networks of the second stage with weights drawn by seed. */
import { normal, random } from '../../src/data/random.ts';
import type { RankSize } from '../../src/linalg/wasm/rank-kernels.ts';
import { RankNetwork, type RankTensor } from '../../src/model/rank/network.ts';

export function randomTensors(
  { width, hidden1, hidden2 }: RankSize,
  seed: number,
): Record<RankTensor, Float32Array> {
  const uniform = random(seed);
  const drawn = (length: number) => Float32Array.from({ length }, () => normal(uniform) / 2);
  return {
    ...{ means: drawn(width), scales: drawn(width), bias1: drawn(hidden1), bias2: drawn(hidden2) },
    ...{ weights1: drawn(width * hidden1), weights2: drawn(hidden1 * hidden2) },
    ...{ weights3: drawn(hidden2), factor: drawn(1) },
  };
}

export function randomNetwork(size: RankSize, seed: number): RankNetwork {
  return RankNetwork.fromTensors(randomTensors(size, seed));
}
