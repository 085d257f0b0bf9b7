/** Builds dist/: kernels (AssemblyScript → WebAssembly), server (tsc) and pages (esbuild), in parallel. */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { compileKernels } from './kernels.js';
import { pageBuilds } from './page.js';
import { compileServer, copySample } from './server.js';

const folder = 'dist';
await rm(folder, { recursive: true, force: true });
try {
  const pages = pageBuilds({ folder }).map((options) => build(options));
  await Promise.all([compileServer(folder), compileKernels(folder), ...pages]);
  await copySample(folder);
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
