/** The SIMD kernels: AssemblyScript → WebAssembly. */
import { mkdir } from 'node:fs/promises';
import { runNode } from './run-node.js';

export const KERNEL_SOURCES = 'src/linalg/wasm/assembly';

/** @param {string} folder what is built goes below it: dist, or that of `npm run dev` */
export const kernelsIn = (folder) => `${folder}/linalg/wasm/kernels.wasm`;

/** @param {string} folder as kernelsIn() takes it */
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
