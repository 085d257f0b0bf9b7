/** Where the build puts what Node loads at run time, whether this runs from src (tests) or from dist. */
const fromSource = import.meta.url.endsWith('.ts');

export function builtKernelFile(name: 'kernels.wasm' | 'worker.js' | 'matmul-worker.js'): URL {
  return new URL(fromSource ? `../../dist/kernel/${name}` : `./${name}`, import.meta.url);
}
