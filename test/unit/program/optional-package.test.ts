import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/error.ts';
import {
  CHARTS,
  installCommand,
  isInstalled,
  MissingPackageError,
  PRODUCTS,
  ROWS,
  requirePackages,
} from '../../../src/program/optional-package.ts';
import { OPTIONAL_VERSIONS } from '../../../src/program/release.ts';

const absent = (name: string) =>
  Promise.reject(
    Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' }),
  );

describe('requirePackages()', () => {
  it('accepts what is installed', async () => {
    await expect(requirePackages('ingest', [...ROWS, ...CHARTS])).resolves.toBeUndefined();
  });

  it('names the stage, every package that is missing, and the command that adds them', async () => {
    const asked = requirePackages('explore', [...ROWS, ...CHARTS], absent);
    await expect(asked).rejects.toBeInstanceOf(MissingPackageError);
    const text = describeError(await asked.catch((error: unknown) => error));
    expect(text).toMatch(
      /^explore needs @duckdb\/node-api and @observablehq\/plot and linkedom, which this installation leaves out/,
    );
    expect(text).toContain(installCommand([...ROWS, ...CHARTS]));
  });

  it('takes a package without its binaries for missing: it has to be installed again', async () => {
    const withoutBinary = () =>
      Promise.reject(Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' }));
    await expect(requirePackages('prepare', ROWS, withoutBinary)).rejects.toThrow(/npm install/);
  });

  it('passes on why a package that is there cannot be loaded', async () => {
    const broken = () => Promise.reject(new Error('libstdc++.so.6: version not found'));
    await expect(requirePackages('ingest', ROWS, broken)).rejects.toThrow(
      /ingest needs @duckdb\/node-api, which cannot be loaded: .*libstdc\+\+/,
    );
  });
});

describe('installCommand()', () => {
  it('names the versions of package.json, without signs that a shell understands', () => {
    for (const name of [...ROWS, ...CHARTS, PRODUCTS]) {
      expect(OPTIONAL_VERSIONS[name]).toBeDefined();
      expect(installCommand([name])).toMatch(/^npm install --ignore-scripts \S+@\d+\.\d+[\w.-]+$/);
    }
  });
});

describe('isInstalled()', () => {
  it('tells whether a package is there without loading it', () => {
    expect(isInstalled('linkedom')).toBe(true);
    expect(isInstalled('no-such-package-anywhere')).toBe(false);
  });
});
