import { describe, expect, it } from 'vitest';
import { RefusalBursts } from '../../../../src/server/watch/refusal-bursts.ts';

function bursts(windowMs = 20) {
  const warnings: string[] = [];
  const counted = new RefusalBursts({ warn: (line) => void warnings.push(line), windowMs });
  return { counted, warnings };
}

describe('RefusalBursts', () => {
  it('says nothing of a few refusals', () => {
    const { counted, warnings } = bursts();
    for (let n = 0; n < 29; n++) counted.add('GET', '/api/anime', 404);
    counted.stop();
    expect(warnings).toEqual([]);
  });

  it('warns of many once, with what they were, the most frequent first', async () => {
    const { counted, warnings } = bursts();
    for (let n = 0; n < 40; n++) counted.add('POST', '/api/recommendations', 429);
    for (let n = 0; n < 10; n++) counted.add('GET', '/api/anime/:animeId', 404);
    await expect
      .poll(() => warnings)
      .toEqual([
        '50 requests were refused within 0.02 s: 40 × 429 at POST /api/recommendations, 10 × 404 at GET /api/anime/:animeId',
      ]);
    // The next window begins with nothing.
    counted.add('GET', '/api/anime/:animeId', 404);
    counted.stop();
    expect(warnings).toHaveLength(1);
  });

  it('counts what it cannot name', () => {
    const { counted, warnings } = bursts();
    for (let n = 0; n < 500; n++) counted.add('GET', `/route-${n}`, 404);
    counted.stop();
    expect(warnings).toEqual([expect.stringMatching(/^500 requests were refused/)]);
  });
});
