/** Compresses the files of a built page once and well, so that the server does not do it for each visitor. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|js|css|svg|webmanifest)$/;
/** bytes; so few fit into one packet anyway */
const THRESHOLD = 1024;

/**
 * Writes `<file>.br` and `<file>.gz` beside each file that is worth it.
 * @param {string} folder
 */
export async function compressFiles(folder) {
  const names = (await readdir(folder)).filter((name) => COMPRESSIBLE.test(name));
  await Promise.all(
    names.map(async (name) => {
      const path = `${folder}/${name}`;
      const bytes = await readFile(path);
      if (bytes.length < THRESHOLD) return;
      // The defaults are the best of Brotli, and what is usual for gzip.
      await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
      await writeFile(`${path}.gz`, await promisify(gzip)(bytes));
    }),
  );
}
