/** A network of the second stage as a safetensors file, which names the features that it takes. */
import { Type } from 'typebox';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import { readModelFile } from '../model-file.ts';
import { FEATURES } from './feature-names.ts';
import { RANK_TENSORS, RankNetwork, type RankTensor } from './network.ts';

const FORMAT = 'osusume-rank-2';
/** Of releases whose networks take other features. */
const EARLIER = ['osusume-rank-1'];
/** In the order of the network's inputs. */
const Options = Type.Object({ features: Type.Array(Type.String()) });

const names = () => FEATURES.map(({ name }) => name);

export async function writeNetwork(path: string, network: RankNetwork): Promise<void> {
  await writeSafetensors(path, network.tensors(), {
    format: FORMAT,
    options: JSON.stringify({ features: names() }),
  });
}

/** @throws ArtefactError when the file is truncated, altered, or of a network that takes other features */
export async function readNetwork(path: string): Promise<RankNetwork> {
  return readModelFile(path, { format: FORMAT, schema: Options }, async (file, { features }) => {
    if (features.join() !== names().join())
      throw new RangeError(
        `it takes ${features.length} features that are not those of this version`,
      );
    const tensors: Partial<Record<RankTensor, Float32Array>> = {};
    for (const name of RANK_TENSORS) tensors[name] = await file.read(name, Float32Array);
    const network = RankNetwork.fromTensors(tensors as Record<RankTensor, Float32Array>);
    if (network.width !== features.length)
      throw new RangeError(`${features.length} names for ${network.width} features`);
    return network;
  });
}

/** Whether a network file is of an earlier release: it is whole, but its features are not made any more. */
export async function isOfEarlierRelease(path: string): Promise<boolean> {
  const file = await SafetensorsFile.open(path);
  await file.close();
  return EARLIER.includes(file.metadata.format);
}
