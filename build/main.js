/**
 * Builds dist/: kernels (AssemblyScript → WebAssembly), modules (tsc), the command (esbuild, of the same sources) and
 * pages (esbuild), in parallel.
 */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { compressFiles } from './compress.js';
import { compileKernels } from './kernels.js';
import { PAGES, pageBuilds } from './page.js';
import { bundleProgram } from './program.js';
import { compileServer, copySample } from './server.js';

const folder = 'dist';
await rm(folder, { recursive: true, force: true });
try {
  const pages = pageBuilds({ folder }).map((options) => build(options));
  await Promise.all([
    compileServer(folder).then(() => bundleProgram(folder)),
    compileKernels(folder),
    ...pages,
  ]);
  await Promise.all([
    copySample(folder),
    ...PAGES.map((page) => compressFiles(`${folder}/${page}`)),
  ]);
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
