/** Explanations as configured: with the language model where there is one. */
import { join } from 'node:path';
import type { ExplainOptions } from '../config/explain-options.ts';
import { Explanations } from './explanations.ts';
import { type LanguageModel, openModel } from './language-model.ts';
import { ModelAccess } from './model-access.ts';
import { TextCache } from './text-cache.ts';

export interface TextGenerationOptions extends Partial<ExplainOptions> {
  /** of the endpoint; secret */
  readonly key?: string;
  /** where texts are kept, if they are: in a folder of the home */
  readonly home?: string;
  readonly log?: (line: string) => void;
}

/** What the routes that answer in words need. */
export interface TextGeneration {
  readonly explanations: Explanations;
  readonly access: ModelAccess;
}

export async function openTextGeneration(
  options: TextGenerationOptions = {},
): Promise<TextGeneration> {
  const { model = null, baseUrl = null, key, home, keep = false, remembered = 1000, log } = options;
  const { timeLimit, atOnce, perVisitor, perHour } = options;
  const writer: LanguageModel | null =
    model === null ? null : await openModel({ baseUrl, model, key });
  const access = new ModelAccess({ model: writer, timeLimit, atOnce, perVisitor, perHour });
  const folder = keep && home && writer ? join(home, 'explanations') : null;
  const cache = await openCache(remembered, folder, log);
  return { access, explanations: new Explanations({ access, cache, log }) };
}

/** A folder that cannot be used is no reason to answer nobody. */
async function openCache(
  most: number,
  folder: string | null,
  log: TextGenerationOptions['log'],
): Promise<TextCache> {
  try {
    return await TextCache.open(most, folder);
  } catch (error) {
    log?.(
      `Explanations: kept in memory, as ${folder} cannot be used (${(error as Error).message})`,
    );
    return TextCache.open(most);
  }
}
