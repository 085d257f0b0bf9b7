/** How odds stand in a model's file: where titles stand as tensors, the options in its metadata. */
import { Value } from 'typebox/value';
import { ScoreMultiplierOptions } from '../../config/model-options.ts';
import type { SafetensorsFile, Tensor } from '../../home/safetensors.ts';
import { ScoreMultipliers } from './score-multipliers.ts';

/** Nothing for a model without odds. */
export function multiplierTensors(odds: ScoreMultipliers | null): Record<string, Tensor> {
  if (!odds) return {};
  const { years, stories, positions } = odds.places;
  const shape = [years.length];
  // widest first, so that all begin at multiples of their own size
  return {
    stories: { shape, data: stories },
    years: { shape, data: years },
    positions: { shape, data: positions },
  };
}

export function multiplierMetadata(odds: ScoreMultipliers | null): Record<string, string> {
  return odds ? { odds: JSON.stringify(odds.options) } : {};
}

/**
 * null for a model without odds.
 * @throws RangeError when the file states odds that cannot be
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
  throw new RangeError('the options of its odds cannot be read');
}
