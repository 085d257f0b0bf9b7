/** The WebAssembly kernels for the calling thread, each time on a memory of its own. */
import { readFileSync } from 'node:fs';
import { builtFile } from '../../program/built-file.ts';
import type { Kernels } from './kernels.ts';

export interface KernelInstance {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
}

let compiled: WebAssembly.Module | null = null;

/**
 * Without waiting, so that a constructor can call it: the few kilobytes are compiled once a process.
 * @param bytes of memory at least
 */
export function instantiateKernels(bytes: number): KernelInstance {
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
