/**
 * Bundles the command and most of its packages: dist/main.js, and what it loads in dist/program/. Node loads a few large
 * files in less than half of the time that 1,600 small ones take, and that is most of what a starting server does.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { licensesOf, packageOf } from './licenses.js';

/** Large packages that few installations use; they are found where they are installed, as optional ones are. */
const LOADED_LATER = ['@google-cloud/storage', 'openai'];

/** Packages that read files beside their code. */
const WITH_FILES = /\/node_modules\/(@fastify\/swagger-ui|pino|thread-stream)\/.*\.js$/;

/** CommonJS packages ask for Node's own modules with it; an ES module has none. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/**
 * Call it after tsc, whose main.js it replaces.
 * @param {string} folder the output folder
 */
export async function bundleProgram(folder) {
  const { metafile } = await build({
    entryPoints: ['src/main.ts'],
    outdir: folder,
    chunkNames: 'program/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: await notBundled(),
    banner: { js: REQUIRE },
    define: { IN_PROGRAM: 'true' },
    plugins: [installedFiles],
    // Stacks name files and lines of src/. The text of the sources is not needed for that.
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(`${folder}/program/licenses.txt`, await licensesOf(Object.keys(metafile.inputs)));
}

async function notBundled() {
  const { optionalDependencies, peerDependencies } = JSON.parse(
    await readFile('package.json', 'utf8'),
  );
  const names = Object.keys({ ...optionalDependencies, ...peerDependencies });
  return [...LOADED_LATER, ...names];
}

/**
 * Such packages find their files where they are installed.
 * @type {import('esbuild').Plugin}
 */
const installedFiles = {
  name: 'installed-files',
  setup({ onLoad }) {
    onLoad({ filter: WITH_FILES }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      if (!code.includes('__dirname')) return undefined;
      const { name, below } = packageOf(dirname(path));
      const manifest = `require.resolve('${name}/package.json')`;
      const folder = `require('node:path').join(${manifest}, '..', '${below}')`;
      return { contents: `const __dirname = ${folder}; ${code}` };
    });
  },
};
