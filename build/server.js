/** Everything that runs in Node: TypeScript → JavaScript, a file for a file. */
import { chmod, cp } from 'node:fs/promises';
import { runNode } from './run-node.js';

export const COMPILER = 'node_modules/typescript-7/bin/tsc';

/** @param {string} folder what is built goes into it */
export async function compileServer(folder) {
  await runNode(COMPILER, '-p', 'tsconfig.json', '--outDir', folder);
  await chmod(`${folder}/main.js`, 0o755);
}

/** @param {string} folder as compileServer() takes it */
export async function copySample(folder) {
  await cp('src/source/sample/sample.json', `${folder}/source/sample/sample.json`);
}
