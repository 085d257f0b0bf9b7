/**
 * Removes from node_modules what no image runs: types, source maps, and ONNX Runtime's binaries for other platforms.
 *   node trim-packages.js node_modules
 */
import { readdir, rm } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

const UNUSED = /\.(d\.[mc]?ts|map)$/;
const [folder] = process.argv.slice(2);

for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && UNUSED.test(entry.name)) await rm(join(entry.parentPath, entry.name));
}
await keepOnly(join(folder, 'onnxruntime-node/bin/napi-v6'), platform());
await keepOnly(join(folder, 'onnxruntime-node/bin/napi-v6', platform()), arch());

/**
 * @param {string} path a package that is not there has nothing to remove
 * @param {string} name of the folder that stays
 */
async function keepOnly(path, name) {
  const names = await readdir(path).catch(() => []);
  for (const other of names.filter((each) => each !== name))
    await rm(join(path, other), { recursive: true });
}
