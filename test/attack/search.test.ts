/** Small requests that ask for much work: searches, and fields of GraphQL under many names. */
import { describe, expect, it } from 'vitest';
import { send, sendJson } from './send.ts';
import { attackSite } from './withstand.ts';

const site = attackSite();
/** letters of a query; longer ones are refused */
const LONGEST = 200;
const NONSENSE: Readonly<Record<string, string>> = {
  'misspelt Latin': 'shimgeky mo kyojim alchemost brotherhod '.repeat(5),
  'every letter': 'a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(4),
  kana: 'シンゲキノキョジン'.repeat(22),
  kanji: '進撃巨人鋼錬金術師'.repeat(22),
  Hangul: '진격의거인'.repeat(40),
  Arabic: 'هجوم العمالقة '.repeat(14),
  'combining marks': 'e\u0301\u0302\u0303'.repeat(50),
  emoji: '👩‍👩‍👧‍👦'.repeat(18),
  'one letter': 'a'.repeat(200),
  'one of a pair of surrogates': '%ED%A0%80'.repeat(20),
  signs: '.*+?^$\u007b}()|[]\\'.repeat(14),
};

describe('search', () => {
  it.each(Object.entries(NONSENSE))('%s, 200 letters', (_kind, text) =>
    site.withstands(async ({ url }) => {
      const search = encodeURIComponent([...text].slice(0, LONGEST).join(''));
      for (let time = 0; time < 5; time++) {
        const { status } = await send(`${url}/api/anime?search=${search}`, { method: 'GET' });
        expect([200, 400, 429]).toContain(status);
      }
    }),
  );
});

describe('GraphQL', () => {
  const ask = (query: string, variables?: unknown) =>
    site.withstands(async ({ url }) => {
      const { status } = await sendJson(`${url}/graphql`, JSON.stringify({ query, variables }));
      expect([200, 400, 413, 429]).toContain(status);
    });
  const misspelt = 'shimgeky mo kyojim alchemost brotherhod '.repeat(5).slice(0, 190);

  it('24 aliases of a misspelt search', () =>
    ask(
      `{${Array.from({ length: 24 }, (_, n) => `a${n}: search(query: "${misspelt}${n}") { items { title } }`).join(' ')}}`,
    ));
  it('a thousand aliases', () =>
    ask(`{${Array.from({ length: 1000 }, (_, n) => `a${n}: bundle { version }`).join(' ')}}`));
  it('fragments within fragments', () => {
    const fragments = Array.from(
      { length: 40 },
      (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
    ).join(' ');
    return ask(`{ ...f0 } ${fragments} fragment f40 on Query { __typename }`);
  });
  it('fragments in a circle', () =>
    ask('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'));
  it('introspection of introspection', () =>
    ask(`{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} }'.repeat(12)} } } }`));
  it('a thousand braces', () => ask(`{ a ${'{ a '.repeat(1000)}${'}'.repeat(1000)} }`));
  it('a megabyte of tokens', () => ask(`{ ${'a '.repeat(400_000)}}`));
  it('a megabyte of directives', () => ask(`{ __typename ${'@skip(if: false) '.repeat(50_000)} }`));
  it('variables that are deep and many', () => {
    const variables = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`v${n}`, [[[n]]]]),
    );
    return ask('query q($v0: Int) { __typename }', variables);
  });
  it('500 fields that are wrong', () =>
    ask(`{ ${Array.from({ length: 500 }, (_, n) => `titel${n}`).join(' ')} }`));
});
