import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/share/card.ts';
import { CardCache } from '../../../src/share/card-cache.ts';
import {
  CardThread,
  type CardThreadOptions,
  TooManyCards,
} from '../../../src/share/card-thread.ts';

let thread: CardThread;
const start = (code: string, options: CardThreadOptions = {}) => {
  const script = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  thread = new CardThread({ script, ...options });
  return thread;
};
afterEach(() => thread?.close());

const card = (heading: string): Card => ({ heading, titles: [] });
const ECHO = `import { parentPort } from 'node:worker_threads';
let count = 0;
parentPort.on('message', ({ heading }) => {
  if (heading === 'stuck') return;
  if (heading === 'dies') throw new Error('a defect');
  if (heading === 'fails') return parentPort.postMessage({ failure: 'no such font' });
  parentPort.postMessage({ png: new TextEncoder().encode(heading + ++count) });
});`;
const text = async (drawn: Promise<Uint8Array>) => new TextDecoder().decode(await drawn);

describe('CardThread', () => {
  it('draws one after another on one thread', async () => {
    start(ECHO);
    const drawn = ['a', 'b', 'c'].map((heading) => text(thread.draw(card(heading))));
    expect(await Promise.all(drawn)).toEqual(['a1', 'b2', 'c3']);
  });

  it('a picture that fails, kills its thread or takes too long harms no other', async () => {
    start(ECHO, { timeLimit: 3000 });
    await expect(thread.draw(card('fails'))).rejects.toThrow('no such font');
    await expect(thread.draw(card('dies'))).rejects.toThrow('a defect');
    const stuck = thread.draw(card('stuck'));
    const next = text(thread.draw(card('a')));
    await expect(stuck).rejects.toThrow();
    expect(await next).toBe('a1');
  }, 30_000);

  it('refuses pictures when too many wait, and takes others afterwards', async () => {
    start(ECHO, { mostWaiting: 2 });
    const drawn = [thread.draw(card('a')), thread.draw(card('b'))];
    await expect(thread.draw(card('c'))).rejects.toThrow(TooManyCards);
    await Promise.all(drawn);
    expect(await text(thread.draw(card('d')))).toBe('d3');
  });
});

describe('CardCache', () => {
  it('draws what is asked for at the same time once, and again only after others took its place', async () => {
    const drawn: string[] = [];
    const draw = async ({ heading }: Card) => {
      drawn.push(heading);
      return new Uint8Array(10);
    };
    const cache = new CardCache(draw, 25);
    await Promise.all([cache.get(card('a')), cache.get(card('a'))]);
    await cache.get(card('b'));
    await cache.get(card('a'));
    expect(drawn).toEqual(['a', 'b']);
    await cache.get(card('c'));
    expect([cache.has(card('a')), cache.has(card('b'))]).toEqual([true, false]);
    await cache.get(card('b'));
    expect(drawn).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps no picture that failed', async () => {
    let fails = true;
    const cache = new CardCache(async () => {
      if (fails) throw new Error('once');
      return new Uint8Array(1);
    });
    await expect(cache.get(card('a'))).rejects.toThrow('once');
    fails = false;
    expect(await cache.get(card('a'))).toHaveLength(1);
  });
});
