/** Texts as vectors of a sentence transformer: in batches, with progress, and each text only once (vector-cache.ts). */
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { InterruptedError, UsageError } from '../../error.ts';
import { NO_PROGRESS } from '../../progress.ts';
import type { FitContext } from '../recommender.ts';
import {
  findSentenceModel,
  openSentenceEncoder,
  type SentenceEncoder,
} from './sentence-encoder.ts';
import { VectorCache } from './vector-cache.ts';

export const SentenceOptions = Type.Object(
  {
    /** folder of a model (config.json, tokenizer.json, onnx/model.onnx), or its name on the hub */
    model: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
    /** longer texts are cut */
    tokens: Type.Integer({ minimum: 8, default: 256 }),
    /** texts at once */
    batch: Type.Integer({ minimum: 1, default: 16 }),
  },
  { additionalProperties: false, default: {} },
);
export type SentenceOptions = Static<typeof SentenceOptions>;

/** Texts kept together on disk, so lost at most when the process is killed. */
const KEPT_AT_ONCE = 128;

export interface TextVectors {
  /** texts × dimensions; an empty text's are zeros */
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

type Context = Pick<FitContext, 'cache' | 'progress' | 'signal' | 'threads'>;

/**
 * @throws UsageError when the options name no model, InterruptedError after keeping what was done
 */
export async function sentenceVectors(
  texts: readonly string[],
  options: SentenceOptions,
  context: Context = {},
  open: typeof openSentenceEncoder = openSentenceEncoder,
): Promise<TextVectors> {
  if (options.model === null)
    throw new UsageError(
      'Sentence vectors need a model: set train.models.plot.sentences.model to the folder of a sentence transformer or its name on the hub',
    );
  const { cache, progress = NO_PROGRESS, threads } = context;
  const model = await findSentenceModel(options.model);
  const folder = cache ? join(cache, 'sentences', `${model.key}-${options.tokens}`) : null;
  const kept = await VectorCache.open(folder, progress);
  const missing = [...new Set(texts)].filter((text) => !isEmpty(text) && !kept.has(text));
  if (missing.length > 0) {
    progress.step(`loading ${model.name}`);
    const downloads = cache && join(cache, 'hub');
    const encoder = await open(model, { tokens: options.tokens, threads, downloads });
    try {
      await encodeAll(missing, encoder, kept, options.batch, context);
    } finally {
      await encoder.close();
    }
  }
  return gathered(texts, kept);
}

/** Texts of a length together, so that little of a batch is padding; the longest first, so that time left only shrinks. */
async function encodeAll(
  texts: readonly string[],
  encoder: SentenceEncoder,
  kept: VectorCache,
  batch: number,
  { cache, progress = NO_PROGRESS, signal }: Context,
): Promise<void> {
  const ordered = [...texts].sort((a, b) => b.length - a.length);
  progress.step('encoding texts', ordered.length, 'texts');
  let unkept: { texts: string[]; vectors: Float32Array[] } = { texts: [], vectors: [] };
  const keep = async () => {
    if (unkept.texts.length > 0) await kept.add(unkept.texts, concatenated(unkept.vectors));
    unkept = { texts: [], vectors: [] };
  };
  for (let from = 0; from < ordered.length; from += batch) {
    if (signal?.aborted) {
      await keep();
      throw new InterruptedError(
        `Interrupted while encoding texts${cache ? `: ${from} of ${ordered.length} are kept, and the next training resumes from there` : ''}`,
      );
    }
    const some = ordered.slice(from, from + batch);
    const { vectors } = await encoder.encode(some);
    unkept.texts.push(...some);
    unkept.vectors.push(vectors);
    if (unkept.texts.length >= KEPT_AT_ONCE) await keep();
    progress.update(from + some.length);
  }
  await keep();
}

function gathered(texts: readonly string[], kept: VectorCache): TextVectors {
  const dimensions = kept.dimensions || 1;
  const vectors = new Float32Array(texts.length * dimensions);
  for (const [row, text] of texts.entries()) {
    const vector = kept.get(text);
    if (vector) vectors.set(vector, row * dimensions);
  }
  return { vectors, dimensions };
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function isEmpty(text: string): boolean {
  return text.trim() === '';
}
