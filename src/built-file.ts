const fromSource = import.meta.url.endsWith('.ts');

/**
 * The URL of a built file that Node loads at run time, whether this runs from src/ (tests) or from dist/.
 * @param path below dist/, e.g. linalg/wasm/kernels.wasm
 */
export function builtFile(path: string): URL {
  return new URL(fromSource ? `../dist/${path}` : `./${path}`, import.meta.url);
}
