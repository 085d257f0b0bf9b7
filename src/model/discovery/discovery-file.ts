/** discovery.safetensors: what discovery knows from people. */
import { join } from 'node:path';
import type { Catalogue } from '../../data/anime.ts';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { ArtefactError } from '../../error.ts';
import { SafetensorsFile, writeSafetensors } from '../../home/safetensors.ts';
import type { SlimWeights } from '../linear/slim-weights.ts';
import { listedShares } from '../listings.ts';
import { Discovery } from './discovery.ts';
import { fitSeenChance } from './fit-seen-chance.ts';

export const DISCOVERY_FILE = 'discovery.safetensors';
const FORMAT = 'osusume-discovery-1';

export function fitDiscovery(dataset: Dataset, users: UserRange, model: SlimWeights): Discovery {
  const shares = listedShares(dataset, users);
  const coefficients = fitSeenChance(dataset, users, model, shares);
  return new Discovery(dataset.catalogue, shares, coefficients);
}

export function writeDiscovery(
  folder: string,
  { shares, coefficients }: Pick<Discovery, 'shares' | 'coefficients'>,
): Promise<void> {
  return writeSafetensors(
    join(folder, DISCOVERY_FILE),
    {
      shares: { shape: [shares.length], data: shares },
      coefficients: { shape: [coefficients.length], data: coefficients },
    },
    { format: FORMAT },
  );
}

/** @throws ArtefactError when the file is truncated, altered, or about another catalogue */
export async function readDiscovery(folder: string, catalogue: Catalogue): Promise<Discovery> {
  const path = join(folder, DISCOVERY_FILE);
  const altered = (what: string) =>
    new ArtefactError(`${path} is altered: ${what}: run "osusume publish" again`);
  const file = await SafetensorsFile.open(path);
  try {
    if (file.metadata.format !== FORMAT)
      throw altered(`its format is ${file.metadata.format ?? '(none)'}, not ${FORMAT}`);
    const shares = await file.read('shares', Float32Array);
    const coefficients = await file.read('coefficients', Float32Array);
    if (!shares.every((share) => share >= 0 && share <= 1) || !coefficients.every(Number.isFinite))
      throw altered('a share is not between 0 and 1, or a coefficient is not finite');
    return new Discovery(catalogue, shares, coefficients);
  } catch (error) {
    if (error instanceof RangeError) throw altered(error.message);
    throw error;
  } finally {
    await file.close();
  }
}
