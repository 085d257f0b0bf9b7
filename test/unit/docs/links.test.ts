/** Links of the documents lead somewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, documents, linksOf } from '../../support/documents.ts';

/** Files that a reader of ARCHITECTURE.md makes. */
const EXAMPLES = [
  'src/import/json.ts',
  'src/web/about/about-screen.tsx',
  'src/explain/template-de.ts',
];

describe('links of the documents', () => {
  it.each(documents())('%s has only links that resolve', (document) => {
    const markdown = readFileSync(document, 'utf8');
    const broken = linksOf(markdown)
      .filter(({ target }) => !/^https?:/.test(target) && !leadsSomewhere(document, target))
      .map(({ target, line }) => `${document}:${line}: ${target}`);
    expect(broken).toEqual([]);
  });

  it.each(documents())('%s names only files that exist', (document) => {
    const named = [
      ...readFileSync(document, 'utf8').matchAll(
        /`((?:src|test|bench|configs|docs|notebooks|\.ci)\/[\w./-]+)`/g,
      ),
    ].map(([, path]) => path);
    expect(named.filter((path) => !existsSync(path) && !EXAMPLES.includes(path))).toEqual([]);
  });
});

function leadsSomewhere(document: string, target: string): boolean {
  const [path, anchor] = target.split('#');
  const file = path === '' ? document : join(dirname(document), path);
  if (!existsSync(file)) return false;
  return anchor === undefined || anchorsOf(readFileSync(file, 'utf8')).has(anchor);
}
