/**
 * Texts to vectors by a sentence transformer, through @huggingface/transformers: an optional peer dependency, which
 * nothing installs by default. The mean of the last layer's token vectors, scaled to length 1, as such models are
 * trained to be read.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OsusumeError, UsageError } from '../../error.ts';

/** A folder on this machine, or a name on the model hub. */
export interface SentenceModel {
  readonly name: string;
  readonly folder: string | null;
  /** changes with the model, so that vectors of one are not taken for another's */
  readonly key: string;
}

export interface SentenceEncoder {
  /** One vector of length 1 a text, one after the other. */
  encode(texts: readonly string[]): Promise<{ vectors: Float32Array; dimensions: number }>;
  close(): Promise<void>;
}

export interface EncoderOptions {
  /** longer texts are cut; MiniLM was trained with 256 */
  readonly tokens: number;
  readonly threads?: number;
  /** where a hub's files are kept */
  readonly downloads?: string;
  /** how the package is imported */
  readonly load?: (name: string) => Promise<unknown>;
}

const PACKAGE = '@huggingface/transformers';

/** The files of a model folder, as the hub has them. */
const WEIGHTS = join('onnx', 'model.onnx');
const FILES = ['config.json', 'tokenizer.json', WEIGHTS];

/** @throws UsageError when it is neither a folder with a model nor a name as the hub's */
export async function findSentenceModel(name: string): Promise<SentenceModel> {
  const folder = resolve(name);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    if (/^[\w-]+[\w.-]*\/[\w-]+[\w.-]*$/.test(name)) return { name, folder: null, key: hash(name) };
    throw new UsageError(
      `There is no folder ${folder}, and "${name}" is no name of the model hub (such as Xenova/all-MiniLM-L6-v2)`,
    );
  }
  const sum = createHash('sha256');
  for (const file of FILES) {
    const path = join(folder, file);
    try {
      for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
    } catch {
      throw new UsageError(
        `${path} cannot be read: a sentence transformer's folder has ${FILES.join(', ')}`,
      );
    }
  }
  return { name, folder, key: sum.digest('hex').slice(0, 24) };
}

/** @throws OsusumeError that says how to install the package, or what is wrong with the model */
export async function openSentenceEncoder(
  { name, folder }: SentenceModel,
  { tokens, threads, downloads, load = (each) => import(each) }: EncoderOptions,
): Promise<SentenceEncoder> {
  const { AutoModel, AutoTokenizer, env, mean_pooling } = await transformers(load);
  env.allowRemoteModels = folder === null;
  if (folder) env.localModelPath = dirname(folder);
  else if (downloads) env.cacheDir = downloads;
  const id = folder ? basename(folder) : name;
  const session_options = threads ? { intraOpNumThreads: threads } : {};
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(id);
    const model = await AutoModel.from_pretrained(id, { dtype: 'fp32', session_options });
    return {
      async encode(texts) {
        const how = { padding: true, truncation: true, max_length: tokens };
        const inputs = tokenizer([...texts], how);
        endCutTexts(inputs, tokens, tokenizer.sep_token_id);
        const { last_hidden_state } = await model(inputs);
        const mean = mean_pooling(last_hidden_state, inputs.attention_mask).normalize(2, -1);
        return { vectors: Float32Array.from(mean.data), dimensions: mean.dims[1] };
      },
      close: async () => void (await model.dispose()),
    };
  } catch (error) {
    throw new OsusumeError(
      `The sentence transformer ${folder ?? name} cannot be read: ${(error as Error).message}`,
    );
  }
}

/** The package cuts a long text after its end mark was added: the mark is put back in place of the last token. */
function endCutTexts({ input_ids, attention_mask }: Tokens, tokens: number, end?: number): void {
  const [rows, length] = input_ids.dims;
  if (length !== tokens || end === undefined) return;
  for (let row = 0; row < rows; row++) {
    const last = (row + 1) * length - 1;
    if (attention_mask.data[last] === 1n) input_ids.data[last] = BigInt(end);
  }
}

/** As much of the package as is used here. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string; cacheDir: string };
  readonly AutoTokenizer: { from_pretrained(id: string): Promise<Tokenizer> };
  readonly AutoModel: { from_pretrained(id: string, options: object): Promise<Model> };
  mean_pooling(hidden: Tensor, mask: Numbers): Tensor;
}
interface Tokenizer {
  (texts: string[], options: object): Tokens;
  readonly sep_token_id?: number;
}
/** texts × tokens */
interface Numbers {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}
interface Tokens {
  readonly input_ids: Numbers;
  readonly attention_mask: Numbers;
}
interface Model {
  (inputs: object): Promise<{ readonly last_hidden_state: Tensor }>;
  dispose(): Promise<unknown>;
}
interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
  normalize(p: number, dimension: number): Tensor;
}

async function transformers(load: (name: string) => Promise<unknown>): Promise<Transformers> {
  try {
    return (await load(PACKAGE)) as Transformers;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    throw new OsusumeError(
      missing
        ? `Sentence vectors need ${PACKAGE}, which is not installed: npm install --no-save ${PACKAGE}@4`
        : `${PACKAGE} cannot be loaded: ${(error as Error).message}`,
    );
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
