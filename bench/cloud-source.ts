/**
 * What reading ratings while they arrive gains over fetching them whole first, from a server that sends so many MB/s:
 * fake-gcs-server behind a proxy that lets a piece pass every 20 ms. Both ways take turns, so that other work on the
 * machine disturbs each alike; the figures are medians, and the ratio is that of the two in one round.
 *
 *   npm run bench -- cloud-source [--rows 4000000] [--rates 5,10,20] [--rounds 5] [--gzip]
 *
 * It needs fake-gcs-server in the PATH (.ci/install/gcs <folder>).
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { ingest } from '../src/ingest.ts';
import { fetchCloudFolder } from '../src/source/cloud-folder.ts';
import { writeSample } from '../src/source/sample/sample.ts';
import { BUCKET, type BucketServer, bucketServer } from '../test/deploy/cloud/bucket-server.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '4000000' },
    /** MB/s, separated by commas */
    rates: { type: 'string', default: '5,10,20' },
    rounds: { type: 'string', default: '5' },
    gzip: { type: 'boolean', default: false },
  },
});

/** ms between two pieces */
const PAUSE = 20;
const SOURCE = `gs://${BUCKET}/ratings`;

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model}`);
const folder = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
let server: BucketServer | null = null;
try {
  const local = join(folder, 'sample');
  const rows = Number(options.rows);
  await writeSample(local, { people: Math.round(rows / 333), rows });
  if (options.gzip) await packRatings(join(local, 'animelist.csv'));
  server = await bucketServer();
  for (const name of await readdir(local))
    await server.put(`ratings/${name}`, await readFile(join(local, name)));
  for (const rate of options.rates.split(',').map(Number)) await measure(server, rate);
} finally {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
}

async function packRatings(path: string): Promise<void> {
  await pipeline(createReadStream(path), createGzip({ level: 6 }), createWriteStream(`${path}.gz`));
  await rm(path);
}

/** @param rate MB/s */
async function measure({ endpoint, proxy }: BucketServer, rate: number): Promise<void> {
  proxy.play(() => ({ pauseMs: PAUSE, piece: Math.round((rate * 1e6 * PAUSE) / 1000) }));
  const cloud = { endpoint };
  const whole: number[] = [];
  const arriving: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    whole.push(await timed((home) => fetchThenRead(home, cloud)));
    arriving.push(await timed((home) => ingest({ home, source: SOURCE, cloud })));
  }
  const ratio = median(arriving.map((seconds, round) => seconds / whole[round]));
  console.log(
    `${rate} MB/s: whole first ${median(whole).toFixed(1)} s, while it arrives ${median(arriving).toFixed(1)} s, ratio ${ratio.toFixed(2)}`,
  );
}

/** As it was before: the transfer ends, then the files are read from the disk. */
async function fetchThenRead(home: string, cloud: { endpoint: string }): Promise<void> {
  const { places } = await fetchCloudFolder(SOURCE, { home, cloud });
  for (const place of places.values())
    if (typeof place !== 'string') for await (const _ of place.read());
  const [name] = await readdir(join(home, 'source'));
  await ingest({ home, source: join(home, 'source', name) });
}

/** Seconds, in an empty home. */
async function timed(work: (home: string) => Promise<unknown>): Promise<number> {
  const home = await mkdtemp(join(folder, 'home-'));
  const started = performance.now();
  await work(home);
  const seconds = (performance.now() - started) / 1000;
  await rm(home, { recursive: true });
  return seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
