/** The WebAssembly kernels for the calling thread, on a memory of its own. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { builtFile } from '../../built-file.ts';
import type { Kernels } from './kernels.ts';

export interface KernelInstance {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
}

/** @param bytes of memory at least */
export async function instantiateKernels(bytes: number): Promise<KernelInstance> {
  const memory = memoryOf(bytes);
  const { instance } = await WebAssembly.instantiate(
    await readFile(builtFile('linalg/wasm/kernels.wasm')),
    importsOf(memory),
  );
  return { kernels: instance.exports as unknown as Kernels, memory };
}

let compiled: WebAssembly.Module | null = null;

/** The same without waiting, for a constructor: the few kilobytes are compiled once a process. */
export function instantiateKernelsNow(bytes: number): KernelInstance {
  compiled ??= new WebAssembly.Module(readFileSync(builtFile('linalg/wasm/kernels.wasm')));
  const memory = memoryOf(bytes);
  const { exports } = new WebAssembly.Instance(compiled, importsOf(memory));
  return { kernels: exports as unknown as Kernels, memory };
}

function memoryOf(bytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({
    initial: Math.ceil(bytes / 65_536) + 1,
    maximum: 65_536,
    shared: true,
  });
}

function importsOf(memory: WebAssembly.Memory): WebAssembly.Imports {
  return { env: { memory, abort: () => undefined } };
}
