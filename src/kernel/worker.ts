/** A worker thread of the pool: runs kernels on the shared memory, one call at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Kernels } from './kernels.ts';

const { module, memory } = workerData as { module: WebAssembly.Module; memory: WebAssembly.Memory };
const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => undefined } });
const kernels = exports as unknown as Kernels;

parentPort?.on('message', ({ kernel, args }: { kernel: keyof Kernels; args: number[] }) => {
  const call = kernels[kernel] as (...values: number[]) => number | undefined;
  parentPort?.postMessage(call(...args) ?? 0);
});
