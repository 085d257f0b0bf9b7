/** The thread that writes rows. It needs the build. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RowBlocks } from '../../../src/data/csv/row-blocks.ts';
import { RowWriter } from '../../../src/data/csv/row-writer.ts';
import { withDatabase } from '../../../src/data/database.ts';
import { builtFile } from '../../../src/program/built-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-row-writer-'));
  path = join(folder, 'interactions.parquet');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Blocks of one person who has listed so many titles. */
function blocksOf(titles: number): RowBlocks {
  const blocks = new RowBlocks({ titles });
  for (let animeId = 0; animeId < titles; animeId++) blocks.add(1, animeId, 7, 2, animeId % 13, 0);
  blocks.finish();
  return blocks;
}

async function writeAll(writer: RowWriter, blocks: RowBlocks): Promise<void> {
  for (let block = blocks.take(); block; block = blocks.take()) await writer.write(block);
}

describe('RowWriter', () => {
  it('writes blocks in their order, however late they come, and gives them back', async () => {
    const writer = new RowWriter(path);
    const rows = 100_000;
    const blocks = blocksOf(rows);
    const first = blocks.take()!;
    const { buffer } = first.userIds;
    await writer.write(first);
    // It belongs to the thread now.
    expect(buffer.byteLength).toBe(0);
    await expect.poll(() => writer.free.length).toBe(1);
    await writeAll(writer, blocks);
    await writer.end();
    const found = await withDatabase({ threads: 1 }, (connection) =>
      connection.runAndReadAll(
        `SELECT count(*), count(*) FILTER (anime_id = file_row_number AND watched_episodes = anime_id % 13)
         FROM read_parquet('${path}', file_row_number = true)`,
      ),
    );
    expect(found.getRows()[0].map(Number)).toEqual([rows, rows]);
  });

  it('fails with what the database says, when writing or at the end', async () => {
    const writer = new RowWriter(join(folder, 'nowhere', 'interactions.parquet'));
    await writeAll(writer, blocksOf(10));
    await expect(writer.end()).rejects.toThrow(/nowhere/);
    await expect(writer.write(blocksOf(10).take()!)).rejects.toThrow(/nowhere/);
  });

  it('can be stopped while it waits, and again', async () => {
    const writer = new RowWriter(path);
    await writeAll(writer, blocksOf(10));
    await writer.stop();
    await writer.stop();
  });

  it('lets a process exit with its own code while it waits for rows', async () => {
    const script = `
      const { RowWriter } = await import(${JSON.stringify(builtFile('data/csv/row-writer.js').href)});
      const { RowBlocks } = await import(${JSON.stringify(builtFile('data/csv/row-blocks.js').href)});
      const { existsSync } = await import('node:fs');
      const blocks = new RowBlocks({ titles: 1 });
      blocks.add(1, 0, 7, 2, 0, 0);
      blocks.finish();
      await new RowWriter(${JSON.stringify(path)}).write(blocks.take());
      // The file is there when the database has got rows, asks for more, and waits.
      setInterval(() => { if (existsSync(${JSON.stringify(path)})) process.exit(3); }, 5);
    `;
    const file = join(folder, 'exits.mjs');
    await writeFile(file, script);
    const { status, stderr } = spawnSync(process.execPath, [file], { timeout: 60_000 });
    expect([status, String(stderr)]).toEqual([3, '']);
  });
});
