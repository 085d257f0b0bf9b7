/** SHA-256 of a large file, computed on another thread. */
import { Worker } from 'node:worker_threads';

/** As text, so that it runs both from source and from the build. */
const THREAD = `
  const { createHash } = require('node:crypto');
  const { closeSync, openSync, readSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  const file = openSync(workerData, 'r');
  for (let count; (count = readSync(file, buffer)) > 0; ) hash.update(buffer.subarray(0, count));
  closeSync(file);
  parentPort.postMessage(hash.digest('hex'));
`;

export interface RunningChecksum {
  /** SHA-256 in hex; rejects when the file cannot be read, or after `stop` */
  readonly sha256: Promise<string>;
  stop(): Promise<unknown>;
}

export function startChecksum(path: string): RunningChecksum {
  const worker = new Worker(THREAD, { eval: true, workerData: path });
  const sha256 = new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`The checksum of ${path} was not finished`)));
  });
  // It may fail before anyone awaits it.
  sha256.catch(() => {});
  return { sha256, stop: () => worker.terminate() };
}
