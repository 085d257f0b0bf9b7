/** Score multipliers in a model's file: years and franchise positions as tensors, the options as `odds` in the metadata. */
import { Value } from 'typebox/value';
import { ScoreMultiplierOptions } from '../../config/model-options.ts';
import type { SafetensorsFile, Tensor } from '../../home/safetensors.ts';
import { ScoreMultipliers } from './score-multipliers.ts';

/** Nothing for a model without multipliers. */
export function multiplierTensors(multipliers: ScoreMultipliers | null): Record<string, Tensor> {
  if (!multipliers) return {};
  const { years, stories, positions } = multipliers.places;
  const shape = [years.length];
  // widest first, so that all begin at multiples of their own size
  return {
    stories: { shape, data: stories },
    years: { shape, data: years },
    positions: { shape, data: positions },
  };
}

export function multiplierMetadata(multipliers: ScoreMultipliers | null): Record<string, string> {
  return multipliers ? { odds: JSON.stringify(multipliers.options) } : {};
}

/**
 * null for a model without multipliers.
 * @throws RangeError when the file states impossible ones
 */
export async function readMultipliers(file: SafetensorsFile): Promise<ScoreMultipliers | null> {
  const { odds } = file.metadata;
  if (odds === undefined) return null;
  const options = optionsOf(odds);
  const stories = await file.read('stories', Uint32Array);
  const years = await file.read('years', Uint16Array);
  const positions = await file.read('positions', Uint16Array);
  return new ScoreMultipliers({ years, stories, positions }, options);
}

function optionsOf(text: string): ScoreMultiplierOptions {
  try {
    const options: unknown = JSON.parse(text);
    if (Value.Check(ScoreMultiplierOptions, options)) return options;
  } catch {
    // falls through to the error below
  }
  throw new RangeError('the options of its score multipliers (odds) cannot be read');
}
