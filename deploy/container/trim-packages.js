/**
 * Removes from node_modules what no image runs (types, source maps, ONNX Runtime's binaries for other platforms), and from
 * the list of all packages those that are not there (npm's own --omit=dev leaves out too many: those that a tool of
 * development uses as well).
 *   node trim-packages.js node_modules sbom.cdx.json
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

const UNUSED = /\.(d\.[mc]?ts|map)$/;
const MANIFEST = /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/;
const [folder, list] = process.argv.slice(2);

/** name@version of what is installed */
const installed = new Set();
for (const path of await readdir(folder, { recursive: true })) {
  if (UNUSED.test(path)) await rm(join(folder, path), { recursive: true });
  else if (MANIFEST.test(`node_modules/${path}`)) {
    const { name, version } = JSON.parse(await readFile(join(folder, path), 'utf8'));
    installed.add(`${name}@${version}`);
  }
}
await keepOnly(join(folder, 'onnxruntime-node/bin/napi-v6'), platform());
await keepOnly(join(folder, 'onnxruntime-node/bin/napi-v6', platform()), arch());
await writeFile(list, JSON.stringify(onlyInstalled(JSON.parse(await readFile(list, 'utf8')))));

/**
 * @param {string} path a package that is not there has nothing to remove
 * @param {string} name of the folder that stays
 */
async function keepOnly(path, name) {
  const names = await readdir(path).catch(() => []);
  for (const other of names.filter((each) => each !== name))
    await rm(join(path, other), { recursive: true });
}

/**
 * @param {{ metadata: { component: { 'bom-ref': string } }, components: { 'bom-ref': string }[],
 *   dependencies: { ref: string, dependsOn: string[] }[] }} sbom in CycloneDX
 */
function onlyInstalled(sbom) {
  const root = sbom.metadata.component['bom-ref'];
  return {
    ...sbom,
    components: sbom.components.filter((component) => installed.has(component['bom-ref'])),
    dependencies: sbom.dependencies
      .filter(({ ref }) => ref === root || installed.has(ref))
      .map(({ ref, dependsOn }) => ({
        ref,
        dependsOn: dependsOn.filter((to) => installed.has(to)),
      })),
  };
}
