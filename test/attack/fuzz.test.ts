/** Every route of the OpenAPI document, with values that are of the wrong kind, too large, or odd. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Random, random } from '../../src/data/random.ts';
import { send } from './send.ts';
import { attackSite } from './withstand.ts';

const site = attackSite();
const CASES = 40;
/** Statuses with which a server may refuse; the last is of a site that lists are looked up at. */
const FAILURES = new Set([0, 500, 501, 505]);

const ODD: readonly unknown[] = [
  ...[
    null,
    true,
    '',
    0,
    -1,
    1e308,
    -0.5,
    2 ** 53,
    [],
    {},
    [[]],
    '\u0000',
    '\ud800',
    '%00',
    '../../etc/passwd',
  ],
  ...[
    'a'.repeat(3000),
    Array(2000).fill(1),
    { constructor: 1, toString: 2 },
    "' OR 1=1 --",
    '🦊'.repeat(200),
  ],
];

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
}

interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

let api: Api;
beforeAll(async () => {
  api = (await (await fetch(`${site.server().url}/openapi.json`)).json()) as Api;
});

const oneOf = <T>(from: readonly T[], uniform: Random) => from[Math.floor(from.length * uniform())];

/** Mostly what the schema asks for, and now and then something odd. */
function valueFor(schema: Schema | undefined, uniform: Random, depth = 0): unknown {
  if (!schema || depth > 6 || uniform() < 0.12) return oneOf(ODD, uniform);
  const { $ref, anyOf, properties, items, type } = schema;
  const named = $ref && api.components?.schemas?.[$ref.split('/').at(-1) ?? ''];
  if (named) return valueFor(named, uniform, depth + 1);
  if (schema.enum) return oneOf(schema.enum, uniform);
  if (anyOf) return valueFor(oneOf(anyOf, uniform), uniform, depth + 1);
  if (properties) {
    const chosen = Object.entries(properties).filter(() => uniform() < 0.7);
    return Object.fromEntries(
      chosen.map(([name, one]) => [name, valueFor(one, uniform, depth + 1)]),
    );
  }
  if (type === 'array')
    return Array.from({ length: Math.floor(5 * uniform()) }, () =>
      valueFor(items, uniform, depth + 1),
    );
  if (type === 'integer' || type === 'number') return Math.floor(200 * uniform());
  if (type === 'boolean') return uniform() < 0.5;
  return oneOf(['naruto', 'en', '1', '12'], uniform);
}

function requestOf(path: string, operation: Operation, uniform: Random) {
  const query = new URLSearchParams();
  let filled = path;
  const text = () => {
    const odd = oneOf(ODD, uniform);
    const number = Math.floor(100 * uniform());
    return uniform() < 0.5 ? String(number) : typeof odd === 'string' ? odd : JSON.stringify(odd);
  };
  for (const { name, in: where } of operation.parameters ?? []) {
    if (where === 'path')
      filled = filled.replace(
        `{${name}}`,
        encodeURIComponent(text().replace(/[\ud800-\udfff]/g, '')) || '0',
      );
    else if (where === 'query' && uniform() < 0.6) query.append(name, text());
  }
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body = type && JSON.stringify(valueFor(content?.schema, uniform));
  return { path: `${filled}?${query}`, headers: type ? { 'content-type': type } : undefined, body };
}

describe('every route', () => {
  it('answers whatever it is sent, and says what is wrong', () =>
    site.withstands(async ({ url, log }) => {
      const uniform = random(1);
      for (const [path, operations] of Object.entries(api.paths)) {
        // These ask other sites.
        if (/import\/(anilist|myanimelist)/.test(path)) continue;
        for (const [method, operation] of Object.entries(operations)) {
          const sent = Array.from({ length: CASES }, () => requestOf(path, operation, uniform));
          for (const { path: address, headers, body } of sent) {
            const { status } = await send(url + address, {
              method: method.toUpperCase(),
              headers,
              body,
            });
            expect(
              FAILURES,
              `${status}: ${method} ${address} ${body?.slice(0, 500)}`,
            ).not.toContain(status);
          }
        }
      }
      expect(log()).not.toMatch(/failed:/);
    }));
});
