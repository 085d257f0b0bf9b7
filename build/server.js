/** Compiles everything that runs in Node: TypeScript → JavaScript, one output file per source file. */
import { chmod, cp } from 'node:fs/promises';
import { runNode } from './run-node.js';

export const COMPILER = 'node_modules/typescript-7/bin/tsc';

/** @param {string} folder the output folder */
export async function compileServer(folder) {
  await runNode(COMPILER, '-p', 'tsconfig.json', '--outDir', folder);
  await chmod(`${folder}/main.js`, 0o755);
}

/** @param {string} folder the output folder */
export async function copySample(folder) {
  await cp('src/source/sample/titles', `${folder}/source/sample/titles`, { recursive: true });
}
