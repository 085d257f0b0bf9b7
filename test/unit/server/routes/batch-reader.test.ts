import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../../src/data/id-map.ts';
import { readBatch } from '../../../../src/server/routes/batch-reader.ts';

const ids = Int32Array.from({ length: 300 }, (_, n) => n);
const items = new IdMap(ids);
const ratings = Array.from(ids, (animeId) => ({ animeId }));
const profiles = (count: number) => new Array(count).fill({ ratings });

/** @param chunk bytes that arrive together */
function read(body: unknown, chunk = 1000) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, n) =>
    bytes.subarray(n * chunk, (n + 1) * chunk),
  );
  return readBatch(Readable.from(chunks), items);
}

describe('readBatch()', () => {
  it('packs each profile, with its own options before those of all', async () => {
    const [first, second] = await read({
      profiles: [
        { id: 'a', ratings: [{ animeId: 7, rating: 9 }, { animeId: 999 }], limit: 5 },
        { ratings: [], because: 0 },
      ],
      limit: 10,
      because: 3,
    });
    expect(first).toMatchObject({ id: 'a', ignored: [999], options: { limit: 5, because: 3 } });
    expect('profile' in first && [...first.profile.items]).toEqual([7]);
    expect(second).toMatchObject({ id: null, options: { limit: 10, because: 0 } });
  });

  it('bounds the titles that all profiles together ask for', async () => {
    await expect(read({ profiles: profiles(201), limit: 500, because: 0 })).rejects.toMatchObject({
      ...{ status: 400, field: 'limit' },
      message: expect.stringMatching(/100500 titles.*100000 are allowed/),
    });
    expect(await read({ profiles: profiles(200), limit: 500, because: 0 })).toHaveLength(200);
  });

  it('bounds their reasons, of which no title has more than its list has titles', async () => {
    await expect(read({ profiles: profiles(7), limit: 500, because: 500 })).rejects.toMatchObject({
      ...{ status: 400, field: 'because' },
    });
    expect(await read({ profiles: profiles(6), limit: 500, because: 500 })).toHaveLength(6);
    const short = new Array(200).fill({ ratings: ratings.slice(0, 9) });
    expect(await read({ profiles: short, limit: 500, because: 500 })).toHaveLength(200);
  });

  it('refuses one of more than 32 MiB', async () => {
    const endless = Readable.from(
      (function* () {
        yield Buffer.from('{"profiles":["');
        for (;;) yield Buffer.alloc(1 << 20, 'x');
      })(),
    );
    await expect(readBatch(endless, items)).rejects.toMatchObject({ status: 413 });
  });
});
