/** The WebAssembly kernels for the calling thread, on a small memory of its own. */
import { readFile } from 'node:fs/promises';
import { builtKernelFile } from './built.ts';
import type { Kernels } from './kernels.ts';

export interface KernelInstance {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
}

/** @param bytes of memory at least */
export async function instantiateKernels(bytes: number): Promise<KernelInstance> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) + 1, maximum: 65_536, shared: true });
  const { instance } = await WebAssembly.instantiate(await readFile(builtKernelFile('kernels.wasm')), {
    env: { memory, abort: () => undefined },
  });
  return { kernels: instance.exports as unknown as Kernels, memory };
}
