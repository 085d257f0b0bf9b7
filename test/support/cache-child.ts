/** Keeps pictures in a cache until it is killed: cache-child.js <folder>. */
import { PosterCache } from '../../src/poster/cache.ts';
import { REAL_CLOCK } from '../../src/poster/clock.ts';

const cache = await PosterCache.open({
  folder: process.argv[2],
  limitBytes: 1 << 30,
  clock: REAL_CLOCK,
});
console.log('open');
for (let animeId = 1; ; animeId++) {
  const bytes = Buffer.alloc(300_000, animeId % 251);
  bytes.writeUInt32LE(animeId);
  await Promise.all([
    cache.put(animeId, { type: 'image/png', bytes }),
    cache.putNone(1_000_000 + animeId),
  ]);
}
