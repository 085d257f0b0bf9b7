/** Compiles the SIMD kernels: AssemblyScript → WebAssembly. */
import { mkdir } from 'node:fs/promises';
import { runNode } from './run-node.js';

export const KERNEL_SOURCES = 'src/linalg/wasm/assembly';

/** @param {string} folder the output folder: dist or dist-dev */
export const kernelsIn = (folder) => `${folder}/linalg/wasm/kernels.wasm`;

/** @param {string} folder the output folder */
export async function compileKernels(folder) {
  await mkdir(`${folder}/linalg/wasm`, { recursive: true });
  await runNode(
    'node_modules/assemblyscript/bin/asc.js',
    `${KERNEL_SOURCES}/index.ts`,
    ...['--outFile', kernelsIn(folder), '--runtime', 'stub', '-O3', '--noAssert'],
    ...['--importMemory', '--sharedMemory', '--maximumMemory', '65536', '--initialMemory', '1'],
    ...['--enable', 'simd,threads,bulk-memory', '--noExportMemory'],
  );
}
