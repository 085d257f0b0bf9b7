/** A worker thread of the pool: runs kernels on the shared memory, one message at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Kernels } from './kernels.ts';
import { type Phase, runPhases } from './phase-runner.ts';

/** One call of a kernel. */
export interface KernelCall {
  readonly kernel: keyof Kernels;
  readonly args: readonly number[];
}

/** Answered in the order they come: a call by its result, a run of phases by 0. */
export type WorkerMessage = KernelCall | { readonly phases: readonly Phase[]; steps: Int32Array };

const { module, memory } = workerData as { module: WebAssembly.Module; memory: WebAssembly.Memory };
const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => undefined } });
const kernels = exports as unknown as Kernels;

parentPort?.on('message', (message: WorkerMessage) => {
  parentPort?.postMessage(answer(message));
});

function answer(message: WorkerMessage): number {
  if ('phases' in message) {
    runPhases(kernels, message.phases, message.steps);
    return 0;
  }
  const call = kernels[message.kernel] as (...values: number[]) => number | undefined;
  return call(...message.args) ?? 0;
}
