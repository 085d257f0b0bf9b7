/** What installing the package means for others: no scripts of others run, and nothing that they need is left out. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const manifest = json('package.json') as {
  version: string;
  allowScripts: Record<string, boolean>;
  optionalDependencies: Record<string, string>;
  dependencies: Record<string, string>;
};
const locked = json('package-lock.json').packages as Record<
  string,
  { hasInstallScript?: boolean; resolved?: string }
>;

describe('package.json', () => {
  it('lets no dependency run a script when it is installed', () => {
    const withScripts = Object.keys(locked)
      .filter((path) => locked[path].hasInstallScript)
      .map((path) => path.split('node_modules/').at(-1) as string);
    expect(manifest.allowScripts).toEqual(
      Object.fromEntries(withScripts.map((name) => [name, false])),
    );
  });

  it('names the same version as the labels of the images', () => {
    const dockerfile = readFileSync('deploy/container/Dockerfile', 'utf8');
    const versions = [...dockerfile.matchAll(/^ARG VERSION=(.+)$/gm)].map(([, version]) => version);
    expect(versions.length).toBeGreaterThan(0);
    expect(new Set(versions)).toEqual(new Set([manifest.version]));
  });
});

describe('package-lock.json', () => {
  it('names no registry', () => {
    expect(Object.values(locked).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});

describe('deploy/container/Dockerfile', () => {
  it('pins every base by its digest, in one place', () => {
    const dockerfile = readFileSync('deploy/container/Dockerfile', 'utf8');
    expect(dockerfile.match(/sha256:[0-9a-f]{64}$/gm)).toHaveLength(2);
    const stages = new Set(
      [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, stage]) => stage),
    );
    for (const [, base] of dockerfile.matchAll(/^FROM (\S+)/gm))
      expect(/^\$\{(BUILD|RUN)_IMAGE\}$/.test(base) || stages.has(base)).toBe(true);
  });
});
