import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { refuseLarge } from '../../../../src/server/graphql/document-bounds.ts';

const check = (query: string) => refuseLarge(parse(query));
const list = (count: number, part: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => part(n)).join(' ');

describe('refuseLarge()', () => {
  it('takes queries as people write them', () => {
    check(getIntrospectionQuery());
    check(
      `{ ${list(24, (n) => `a${n}: search(query: "a") { items { animeId title genres } next }`)} }`,
    );
    check(`{ recommendations(ratings: [${list(900, (n) => `{animeId:${n}}`)}]) { bundle } }`);
    check(
      `{ ${list(20, (n) => `...f${n}`)} } ${list(20, (n) => `fragment f${n} on Query { bundle { version f${n}: version } }`)}`,
    );
  });

  it.each([
    ['fields of one name', `{ bundle { ${'version '.repeat(100)} } }`],
    ['fields of one name in parts', `{ ${'bundle { version version } '.repeat(30)} }`],
    [
      'the same in fragments',
      `{ ${list(45, (n) => `...f${n}`)} } ${list(45, (n) => `fragment f${n} on Query { bundle { version version } }`)}`,
    ],
    ['the same in parts without names', `{ ${'...{ bundle { version } } '.repeat(50)} }`],
    [
      'fragments within fragments',
      `{ ...f0 } ${list(20, (n) => `fragment f${n} on Query { a${n}: bundle { x: version ...f${n + 1} } b${n}: bundle { ...f${n + 1} } }`)} fragment f20 on Query { bundle { version } }`,
    ],
    ['lists within each other', `{ a(b: ${'['.repeat(200)}${']'.repeat(200)}) }`],
    ['fields within each other', `{ ${'a { '.repeat(800)} b ${'}'.repeat(800)} }`],
    ['fields', `{ ${list(1001, (n) => `f${n}`)} }`],
    ['spreads', `{ ${list(101, (n) => `...f${n}`)} }`],
    ['fragments', `{ a } ${list(51, (n) => `fragment f${n} on Query { a }`)}`],
    ['directives', `{ a ${'@include(if: true) '.repeat(101)} }`],
    ['variables', `query(${list(101, (n) => `$a${n}: Int`)}) { a }`],
    ['operations', list(21, (n) => `query q${n} { a }`)],
  ])('refuses many %s', (_, query) => {
    expect(() => check(query)).toThrow(/more than/);
  });

  it('takes a fragment that contains itself, which validation refuses', () => {
    check('{ ...a } fragment a on Query { bundle { version } ...b } fragment b on Query { ...a }');
  });
});
