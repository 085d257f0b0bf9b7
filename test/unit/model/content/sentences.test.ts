import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseOptions } from '../../../../src/config/parse-options.ts';
import { InterruptedError } from '../../../../src/error.ts';
import { plotBy } from '../../../../src/model/content/plot.ts';
import {
  findSentenceModel,
  openSentenceEncoder,
} from '../../../../src/model/content/sentence-encoder.ts';
import { SentenceOptions, sentenceVectors } from '../../../../src/model/content/sentences.ts';
import { NO_PROGRESS } from '../../../../src/progress.ts';
import { anime, smallDataset } from '../../../support/small-dataset.ts';

let folder: string;
let model: string;
let cache: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-sentences-'));
  model = await modelFolder('tiny', 'weights');
  cache = join(folder, 'cache');
});
afterEach(() => rm(folder, { recursive: true }));

/** The files of a model, as far as they are looked at before it is opened. */
async function modelFolder(name: string, weights: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, 'onnx'), { recursive: true });
  await writeFile(join(path, 'config.json'), '{}');
  await writeFile(join(path, 'tokenizer.json'), '{}');
  await writeFile(join(path, 'onnx', 'model.onnx'), weights);
  return path;
}

/** An encoder that counts letters: [a's, b's, length]. */
function counting() {
  const batches: string[][] = [];
  const seen = { opened: 0, closed: 0, batches, tokens: 0 };
  const open: typeof openSentenceEncoder = async (_, { tokens }) => {
    seen.opened++;
    seen.tokens = tokens;
    return {
      async encode(texts) {
        batches.push([...texts]);
        const vectors = texts.flatMap((text) => [
          text.split('a').length - 1,
          text.split('b').length - 1,
          text.length,
        ]);
        return { vectors: Float32Array.from(vectors), dimensions: 3 };
      },
      async close() {
        seen.closed++;
      },
    };
  };
  return { ...seen, open, seen };
}

const optionsOf = (more: object = {}) => parseOptions(SentenceOptions, { model, ...more }, 'plot');

describe('sentenceVectors()', () => {
  it('has a row a text, zeros for an empty one, and reads each text once', async () => {
    const { open, seen } = counting();
    const texts = ['ab', '', 'aa', 'ab', '   '];
    const { vectors, dimensions } = await sentenceVectors(texts, optionsOf(), {}, open);
    expect(dimensions).toBe(3);
    expect([...vectors]).toEqual([1, 1, 2, 0, 0, 0, 2, 0, 2, 1, 1, 2, 0, 0, 0]);
    expect(seen.batches.flat().sort()).toEqual(['aa', 'ab']);
    expect([seen.opened, seen.closed, seen.tokens]).toEqual([1, 1, 256]);
  });

  it('opens no model for nothing', async () => {
    const { open, seen } = counting();
    expect((await sentenceVectors([], optionsOf(), {}, open)).vectors).toHaveLength(0);
    expect([...(await sentenceVectors(['', ''], optionsOf(), {}, open)).vectors]).toEqual([0, 0]);
    expect(seen.opened).toBe(0);
  });

  it('batches texts of a length, the longest first', async () => {
    const { open, seen } = counting();
    const texts = ['a', 'bbb', 'aa', 'bbbb', 'aaaaa'];
    await sentenceVectors(texts, optionsOf({ batch: 2 }), {}, open);
    expect(seen.batches).toEqual([['aaaaa', 'bbbb'], ['bbb', 'aa'], ['a']]);
  });

  it('keeps vectors from run to run; only new texts are read', async () => {
    const first = counting();
    const before = await sentenceVectors(['a', 'b'], optionsOf(), { cache }, first.open);
    const second = counting();
    const same = await sentenceVectors(['a', 'b'], optionsOf(), { cache }, second.open);
    expect(same).toEqual(before);
    expect(second.seen.opened).toBe(0);
    await sentenceVectors(['a', 'abba'], optionsOf(), { cache }, second.open);
    expect(second.seen.batches).toEqual([['abba']]);
  });

  it('takes no vector of another model, nor of texts cut elsewhere', async () => {
    await sentenceVectors(['a'], optionsOf(), { cache }, counting().open);
    const other = counting();
    const otherModel = await modelFolder('other', 'other weights');
    await sentenceVectors(['a'], optionsOf({ model: otherModel }), { cache }, other.open);
    await sentenceVectors(['a'], optionsOf({ tokens: 64 }), { cache }, other.open);
    expect(other.seen.opened).toBe(2);
  });

  it('resumes after an interruption where it stopped', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => 'a'.repeat(i + 1));
    const stop = new AbortController();
    const first = counting();
    const progress = {
      ...NO_PROGRESS,
      update: (done: number) => {
        if (done >= 12) stop.abort();
      },
    };
    const context = { cache, progress, signal: stop.signal };
    const broken = sentenceVectors(texts, optionsOf({ batch: 4 }), context, first.open);
    await expect(broken).rejects.toThrow(InterruptedError);
    await expect(broken).rejects.toThrow(/12 of 40 are kept/);
    expect(first.seen.closed).toBe(1);
    const second = counting();
    const { vectors } = await sentenceVectors(texts, optionsOf(), { cache }, second.open);
    expect(second.seen.batches.flat()).toHaveLength(28);
    expect(texts.map((_, row) => vectors[3 * row])).toEqual(texts.map(({ length }) => length));
  });

  it('keeps what was read before the model failed, and closes it', async () => {
    const failing = counting();
    const texts = Array.from({ length: 600 }, (_, i) => `a${'b'.repeat(i)}`);
    const open: typeof openSentenceEncoder = async (...given) => {
      const encoder = await failing.open(...given);
      return {
        ...encoder,
        async encode(some) {
          if (failing.seen.batches.length === 20) throw new Error('out of memory');
          return encoder.encode(some);
        },
      };
    };
    const broken = sentenceVectors(texts, optionsOf(), { cache }, open);
    await expect(broken).rejects.toThrow(/out of memory/);
    expect(failing.seen.closed).toBe(1);
    const second = counting();
    await sentenceVectors(texts, optionsOf(), { cache }, second.open);
    expect(second.seen.batches.flat()).toHaveLength(600 - 256);
  });

  it('says what to set when no model is named', async () => {
    const none = sentenceVectors(['a'], optionsOf({ model: null }), {}, counting().open);
    await expect(none).rejects.toThrow(/train\.models\.plot\.sentences\.model/);
  });
});

describe('findSentenceModel()', () => {
  it('tells models apart by their content, not by where they are', async () => {
    const copy = await modelFolder('copy', 'weights');
    const other = await modelFolder('other', 'weights!');
    const keys = await Promise.all([model, copy, other].map(findSentenceModel));
    expect(keys[1].key).toBe(keys[0].key);
    expect(keys[2].key).not.toBe(keys[0].key);
    expect(keys[0].folder).toBe(model);
  });

  it('takes a name of the hub, and refuses what is neither', async () => {
    expect(await findSentenceModel('Xenova/all-MiniLM-L6-v2')).toMatchObject({ folder: null });
    await expect(findSentenceModel('no such folder')).rejects.toThrow(/no folder .*no such folder/);
    await expect(findSentenceModel('../a/b')).rejects.toThrow(/no folder/);
    await rm(join(model, 'tokenizer.json'));
    await expect(findSentenceModel(model)).rejects.toThrow(
      /tokenizer\.json cannot be read: .*config\.json, tokenizer\.json, onnx/,
    );
  });
});

describe('openSentenceEncoder()', () => {
  const tokens = 32;

  it('says how to install the package where it is missing', async () => {
    const load = () =>
      Promise.reject(Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' }));
    const missing = openSentenceEncoder(await findSentenceModel(model), { tokens, load });
    await expect(missing).rejects.toThrow(/npm install --no-save @huggingface\/transformers/);
  });

  it('reads a folder without asking the hub, and the mean of the token vectors', async () => {
    const { pack, env, asked } = fakePackage();
    const load = async () => pack;
    const found = await findSentenceModel(model);
    const encoder = await openSentenceEncoder(found, { tokens, threads: 3, load });
    expect(env).toMatchObject({ allowRemoteModels: false, localModelPath: dirname(model) });
    const { vectors, dimensions } = await encoder.encode(['one', 'two']);
    expect([dimensions, ...vectors]).toEqual([2, 1, 0, 0, 1]);
    expect(asked).toEqual([
      ['tokenizer', 'tiny'],
      ['model', 'tiny', { dtype: 'fp32', session_options: { intraOpNumThreads: 3 } }],
      ['tokens', ['one', 'two'], { padding: true, truncation: true, max_length: 32 }],
    ]);
    await encoder.close();
    expect(asked.at(-1)).toEqual(['dispose']);
  });

  it('ends a cut text as the model knows texts to end', async () => {
    const { pack, input_ids } = fakePackage();
    const found = await findSentenceModel(model);
    const encoder = await openSentenceEncoder(found, { tokens: 4, load: async () => pack });
    await encoder.encode(['long', 'short']);
    expect([...input_ids.data]).toEqual([101n, 7n, 8n, 102n, 101n, 102n, 0n, 0n]);
  });

  it('asks the hub only for a name, and keeps its files in the cache', async () => {
    const { pack, env, asked } = fakePackage();
    const found = await findSentenceModel('Xenova/all-MiniLM-L6-v2');
    await openSentenceEncoder(found, { tokens, downloads: '/cache/hub', load: async () => pack });
    expect(env).toMatchObject({ allowRemoteModels: true, cacheDir: '/cache/hub' });
    expect(asked[0]).toEqual(['tokenizer', 'Xenova/all-MiniLM-L6-v2']);
  });

  it('names the model that cannot be read', async () => {
    const { pack } = fakePackage();
    const AutoModel = { from_pretrained: () => Promise.reject(new Error('bad protobuf')) };
    const load = async () => ({ ...pack, AutoModel });
    const broken = openSentenceEncoder(await findSentenceModel(model), { tokens, load });
    await expect(broken).rejects.toThrow(/tiny cannot be read: bad protobuf/);
  });
});

/** The package's documented face, and what it is asked. */
function fakePackage() {
  const asked: unknown[][] = [];
  const env = { allowRemoteModels: true, localModelPath: '', cacheDir: '' };
  // the first text is cut after 4 tokens, the second is short
  const mask = { data: BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n), dims: [2, 4] };
  const input_ids = { data: BigInt64Array.of(101n, 7n, 8n, 9n, 101n, 102n, 0n, 0n), dims: [2, 4] };
  const tokenizer = Object.assign(
    (...given: unknown[]) => {
      asked.push(['tokens', ...given]);
      return { input_ids, attention_mask: mask };
    },
    { sep_token_id: 102 },
  );
  const model = Object.assign(async () => ({ last_hidden_state: 'hidden' }), {
    dispose: async () => void asked.push(['dispose']),
  });
  const mean_pooling = (hidden: unknown, given: unknown) => {
    expect([hidden, given]).toEqual(['hidden', mask]);
    return {
      normalize: (...how: unknown[]) => {
        expect(how).toEqual([2, -1]);
        return { data: Float32Array.of(1, 0, 0, 1), dims: [2, 2] };
      },
    };
  };
  const pack = {
    env,
    mean_pooling,
    AutoTokenizer: {
      from_pretrained: async (id: string) => {
        asked.push(['tokenizer', id]);
        return tokenizer;
      },
    },
    AutoModel: {
      from_pretrained: async (id: string, options: object) => {
        asked.push(['model', id, options]);
        return model;
      },
    },
  };
  return { pack, env, asked, input_ids };
}

describe('plot.fit() by sentences', () => {
  const fitted = (synopses: readonly (string | null)[]) => {
    const dataset = smallDataset();
    const catalogue = dataset.catalogue.map((_, item) =>
      anime(100 + item, { synopsis: synopses[item] ?? null }),
    );
    const options = { vectors: 'sentences', sentences: optionsOf() } as const;
    return plotBy(counting().open).fit({ ...dataset, catalogue }, options, { cache });
  };

  it('ranks titles by their synopses, less what all of them say', async () => {
    const model = await fitted(['aaaa', 'aaab', 'bbbb', null]);
    const { items, scores } = model.similarItems(0, 2);
    expect([...items]).toEqual([1, 3]);
    expect(scores[0]).toBeGreaterThan(0.9);
    expect([...model.vectorOf(3)]).toEqual([0, 0, 0]);
    expect(model.similarItems(0, 59).scores.at(-1)).toBeLessThan(-0.9);
    await model.save(folder);
    const again = await plotBy().load(folder);
    expect(again.similarItems(0, 5)).toEqual(model.similarItems(0, 5));
  });

  it('needs no synopsis, and makes a single one not nothing', async () => {
    expect((await fitted([])).dimensions).toBe(1);
    expect([...(await fitted(['ab'])).vectorOf(0)]).not.toEqual([0, 0, 0]);
  });
});
