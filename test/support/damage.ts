/** Ways in which a file is damaged. */
import { copyFile, mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';

/** What a file is swapped for when no other version has one of its name. */
const SOMETHING_ELSE = 'not what belongs here\n';

/** `other`: the same file of another version, or null */
type Damage = (path: string, other: string | null) => Promise<void>;

export const DAMAGES: Readonly<Record<string, Damage>> = {
  deleted: (path) => rm(path),
  emptied: (path) => truncate(path, 0),
  'one bit flipped': flipOneBit,
  'cut in half': async (path) => truncate(path, (await readFile(path)).length >> 1),
  'swapped with another version': (path, other) =>
    other === null ? writeFile(path, SOMETHING_ELSE) : copyFile(other, path),
  'a folder in its place': async (path) => {
    await rm(path);
    await mkdir(path);
  },
};

/** In the middle of the file. */
async function flipOneBit(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, size >> 1);
    byte[0] ^= 1;
    await file.write(byte, 0, 1, size >> 1);
  } finally {
    await file.close();
  }
}
