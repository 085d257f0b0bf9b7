import { beforeEach, describe, expect, it } from 'vitest';
import { SiteHealth } from '../../../../src/import/site/site-health.ts';

let health: SiteHealth;
beforeEach(() => {
  health = new SiteHealth('AniList', [{ limit: 2, milliseconds: 1000 }]);
});

const AWAY = expect.objectContaining({ fault: 'away' });
const fail = (now: number) => health.start(now)('failed', now);

describe('SiteHealth', () => {
  it('keeps to the pace of the site', () => {
    health.start(0);
    expect(health.wait(10)).toBe(0);
    health.start(10);
    expect(health.wait(100)).toBe(900);
  });

  it('lets nobody wait during an outage, then lets one request find out', () => {
    for (const now of [0, 2000, 4000]) {
      expect(health.wait(now)).toBe(0);
      fail(now);
    }
    expect(() => health.wait(18_999)).toThrow(AWAY);
    expect(health.wait(19_000)).toBe(0);
    const end = health.start(19_000);
    expect(() => health.wait(20_000)).toThrow(AWAY);
    end('failed', 20_000);
    // Twice as long as before.
    expect(() => health.wait(49_999)).toThrow(AWAY);
    expect(health.wait(50_000)).toBe(0);
    health.start(50_000)('answered', 50_001);
    expect(health.wait(50_001)).toBe(0);
    expect(health.isDoubtful).toBe(false);
  });

  it('counts a request that nobody waits for any more for nothing', () => {
    for (const now of [0, 2000, 4000, 6000]) health.start(now)('left', now);
    expect(health.wait(8000)).toBe(0);
  });

  it('leaves a site alone for as long as it asks', () => {
    health.pause(5000, 0);
    expect(() => health.wait(4999)).toThrow(expect.objectContaining({ retryAfter: 1 }));
    expect(health.wait(5000)).toBe(0);
  });
});
