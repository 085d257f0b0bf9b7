import { describe, expect, it } from 'vitest';
import { firstLines } from '../../../src/source/first-lines.ts';

describe('firstLines()', () => {
  it('has enough with the chunk that ends the line, however the chunks are cut', () => {
    const bytes = Buffer.from('a,b\r\n1,2\n\n3,4\n5');
    for (const size of [1, 2, 3, 5, 100]) {
      const enough = firstLines(3);
      let seen = 0;
      for (let at = 0; at < bytes.length; at += size) {
        seen = Math.min(at + size, bytes.length);
        if (enough(bytes.subarray(at, seen))) break;
      }
      expect(seen).toBe(Math.min(Math.ceil(10 / size) * size, bytes.length));
    }
  });

  it('never has enough of a file with fewer lines', () => {
    const enough = firstLines(2);
    expect([enough(Buffer.from('a\n')), enough(Buffer.from('b')), enough(Buffer.alloc(0))]).toEqual(
      [false, false, false],
    );
  });
});
