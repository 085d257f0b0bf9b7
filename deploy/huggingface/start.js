/** Starts a Space: brings a bundle into the home, from BUNDLE_URL or the sample's, and serves it. */
import { createWriteStream } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const { BUNDLE_URL: url, OSUSUME_HOME: home = '/tmp/osusume' } = process.env;
await mkdir(home, { recursive: true, mode: 0o700 });
if (url) await unpackFrom(url);
else await cp(new URL('home/', import.meta.url), home, { recursive: true });

process.argv.push('serve');
await import(new URL('node_modules/osusume/dist/main.js', import.meta.url).href);

/** @param {string} address of a .zip */
async function unpackFrom(address) {
  const { origin, pathname } = new URL(address);
  // The rest of an address may be a signature.
  console.error(`Fetching the bundle from ${origin}${pathname}`);
  const answer = await fetch(address);
  if (!answer.ok || !answer.body)
    throw new Error(
      `${origin} answered with ${answer.status}: set BUNDLE_URL to an address that anybody may read`,
    );
  const archive = '/tmp/bundle.zip';
  await writeFile(archive, answer.body);
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    // The library refuses names that lead out of a folder. What is unpacked is checked when it is opened.
    if (!/^(bundle|map)\/[^/]+(\/[^/]+)*$/.test(entry.fileName)) continue;
    const path = join(home, entry.fileName);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(
      await zip.openReadStreamPromise(entry),
      createWriteStream(path, { mode: 0o600 }),
    );
  }
}
