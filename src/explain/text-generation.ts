/** Creates the explanations from their options, with a language model if one is configured. */
import { join } from 'node:path';
import type { ExplainOptions } from '../config/explain-options.ts';
import type { Meter } from '../watch/meter.ts';
import { Explanations } from './explanations.ts';
import { type LanguageModel, openModel } from './language-model.ts';
import { ModelAccess } from './model-access.ts';
import { TextCache } from './text-cache.ts';

export interface TextGenerationOptions extends Partial<ExplainOptions> {
  /** of the endpoint; secret */
  readonly key?: string;
  /** with `keep`, its folder `explanations` keeps the texts */
  readonly home?: string;
  readonly log?: (line: string) => void;
  readonly meter?: Meter;
}

/** What the routes that generate text need. */
export interface TextGeneration {
  readonly explanations: Explanations;
  readonly access: ModelAccess;
}

export async function openTextGeneration(
  options: TextGenerationOptions = {},
): Promise<TextGeneration> {
  const { model = null, baseUrl = null, key, home, keep = false, remembered = 1000, log } = options;
  const { timeLimit, atOnce, perVisitor, perHour, meter } = options;
  const writer: LanguageModel | null =
    model === null ? null : await openModel({ baseUrl, model, key });
  const access = new ModelAccess({ model: writer, timeLimit, atOnce, perVisitor, perHour, meter });
  const folder = keep && home && writer ? join(home, 'explanations') : null;
  const cache = await openCache(remembered, folder, log);
  return { access, explanations: new Explanations({ access, cache, log, meter }) };
}

/** Falls back to memory when the folder cannot be used. */
async function openCache(
  limit: number,
  folder: string | null,
  log: TextGenerationOptions['log'],
): Promise<TextCache> {
  try {
    return await TextCache.open(limit, folder);
  } catch (error) {
    log?.(
      `Explanations are kept in memory only: ${folder} cannot be used (${(error as Error).message})`,
    );
    return TextCache.open(limit);
  }
}
