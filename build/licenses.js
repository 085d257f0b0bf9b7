/** The licences of the packages that are part of a bundle, which have to come with it. */
import { readdir, readFile, stat } from 'node:fs/promises';

/**
 * @param {string} path below node_modules
 * @returns {{ folder: string, name: string, below: string }} the folder of its package, and the rest of the path
 */
export function packageOf(path) {
  const [, modules, name, below = ''] =
    /^(.*\bnode_modules\/)((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  return { folder: `${modules}${name}`, name, below };
}

/**
 * @param {readonly string[]} files of a bundle
 * @returns {Promise<string>} name, version and licence of each package among them
 */
export async function licensesOf(files) {
  const packaged = files.filter((path) => path.includes('node_modules/'));
  const folders = new Set(packaged.map((path) => packageOf(path).folder));
  const texts = await Promise.all([...folders].sort().map(licenseOf));
  return `The files beside this one contain these packages.\n\n${texts.join('\n')}`;
}

/** @param {string} folder of a package */
async function licenseOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const paths = (await readdir(folder)).filter((file) =>
    /^(third.party.)?(licen[cs]es?|copying|notice)/i.test(file),
  );
  const files = (await Promise.all(paths.sort().map((path) => filesAt(folder, path)))).flat();
  if (!license && files.length === 0) throw new Error(`${folder} does not say what its licence is`);
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return [`${'-'.repeat(80)}\n${name} ${version} (${license})\n`, ...texts].join('\n');
}

/**
 * The file itself, or the files of a folder.
 * @param {string} folder
 * @param {string} path below it
 */
async function filesAt(folder, path) {
  if ((await stat(`${folder}/${path}`)).isFile()) return [path];
  return (await readdir(`${folder}/${path}`)).sort().map((file) => `${path}/${file}`);
}
