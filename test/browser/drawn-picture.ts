/** A picture the size of a poster, in a colour of its own: what a host of pictures sends in tests. */
import { deflateSync } from 'node:zlib';
import { crc32 } from '../support/zip-of.ts';

const WIDTH = 225;
const HEIGHT = 318;

export function drawnPicture(seed: number): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + 3 * WIDTH));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = y * (1 + 3 * WIDTH) + 1 + 3 * x;
      const isStripe = (x + 2 * y) % 90 < 30;
      rows[at] = (seed * 67 + (isStripe ? 60 : 0)) % 256;
      rows[at + 1] = (seed * 31 + y / 2) % 256;
      rows[at + 2] = (seed * 113) % 256;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
