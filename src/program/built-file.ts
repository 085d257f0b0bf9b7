const here = import.meta.url;
const fromSource = here.endsWith('.ts');
/** src/, or what it was built into: build/program.js bundles this module into dist/program/, too */
const code = new URL('../', here);

/**
 * The URL of a built file that Node loads at run time, whether this runs from src/ (tests) or from dist/.
 * @param path below dist/, e.g. linalg/wasm/kernels.wasm
 */
export function builtFile(path: string): URL {
  return new URL(fromSource ? `../dist/${path}` : path, code);
}

/** The URL of a file that is at the same place below src/ and below dist/. */
export function codeFile(path: string): URL {
  return new URL(path, code);
}

/** The URL of a file of this package, e.g. configs/default.json. */
export function packageFile(path: string): URL {
  return new URL(`../${path}`, code);
}
