import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArtefact, writeArtefact } from '../../../src/home/artefact.ts';
import { mendPointer } from '../../../src/home/mend-pointers.ts';
import { currentVersion, keptVersions, pointTo } from '../../../src/home/versions.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-'));
});
afterEach(() => rm(home, { recursive: true }));

const write = (text: string) => (folder: string) => writeFile(join(folder, 'data.txt'), text);
const at = (second: number) => ({ clock: () => new Date(Date.UTC(2026, 0, 1, 0, 0, second)) });

describe('writeArtefact()', () => {
  it('makes a version that openArtefact() opens', async () => {
    const written = await writeArtefact(home, 'bundle', write('one'));
    const opened = await openArtefact(home, 'bundle');
    expect(opened.version).toBe(written.version);
    expect(await readFile(join(opened.folder, 'data.txt'), 'utf8')).toBe('one');
    expect(Object.keys(opened.manifest.files)).toEqual(['data.txt']);
  });

  it('leaves the old version in use and no trace when writing fails', async () => {
    const { version } = await writeArtefact(home, 'bundle', write('one'));
    const failing = writeArtefact(home, 'bundle', async (folder) => {
      await write('half')(folder);
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await currentVersion(home, 'bundle')).toBe(version);
    expect((await readdir(join(home, 'bundle'))).sort()).toEqual([version, 'current']);
  });

  it('removes what a dead process left, not what a living one is writing', async () => {
    const dead = join(home, 'bundle', '.partial-999999999-x');
    const living = join(home, 'bundle', `.partial-${process.ppid}-x`);
    await mkdir(dead, { recursive: true });
    await mkdir(living);
    await writeArtefact(home, 'bundle', write('one'));
    const left = await readdir(join(home, 'bundle'));
    expect(left).not.toContain('.partial-999999999-x');
    expect(left).toContain(`.partial-${process.ppid}-x`);
  });

  it('removes what a process of its own number left before it began, as in a container, and nothing of its own', async () => {
    const before = join(home, 'bundle', `.partial-${process.pid}-before`);
    const own = join(home, 'bundle', `.partial-${process.pid}-own`);
    await mkdir(before, { recursive: true });
    await mkdir(own);
    const started = Date.now() / 1000 - process.uptime();
    await utimes(before, started - 60, started - 60);
    await writeArtefact(home, 'bundle', write('one'));
    const left = await readdir(join(home, 'bundle'));
    expect(left).not.toContain(`.partial-${process.pid}-before`);
    expect(left).toContain(`.partial-${process.pid}-own`);
  });

  it('keeps as many old versions as asked, and can point back to one', async () => {
    const versions: string[] = [];
    for (let second = 0; second < 4; second++) {
      versions.push(
        (await writeArtefact(home, 'bundle', write(String(second)), { ...at(second), keep: 2 }))
          .version,
      );
    }
    expect(
      (await readdir(join(home, 'bundle'))).filter((name) => name !== 'current').sort(),
    ).toEqual(versions.slice(1));
    await pointTo(home, 'bundle', versions[2]);
    expect(
      await readFile(join((await openArtefact(home, 'bundle')).folder, 'data.txt'), 'utf8'),
    ).toBe('2');
  });

  it('is safe with several writers at once: the current version is whole', async () => {
    await Promise.all(
      ['a', 'b', 'c'].map((text) => writeArtefact(home, 'bundle', write(text), { keep: 5 })),
    );
    const { folder } = await openArtefact(home, 'bundle');
    expect(['a', 'b', 'c']).toContain(await readFile(join(folder, 'data.txt'), 'utf8'));
  });
});

describe('openArtefact()', () => {
  it('says what to run when nothing has been made', async () => {
    await expect(openArtefact(home, 'dataset')).rejects.toThrow(/osusume prepare/);
  });

  it('refuses a truncated, an altered and a missing file by name', async () => {
    const { folder } = await writeArtefact(home, 'model', write('weights'));
    const path = join(folder, 'data.txt');
    await writeFile(path, 'WEIGHTS');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/data\.txt is damaged/);
    await truncate(path, 3);
    await expect(openArtefact(home, 'model')).rejects.toThrow(/data\.txt has 3 bytes, expected 7/);
    await rm(path);
    await expect(openArtefact(home, 'model')).rejects.toThrow(/data\.txt is missing/);
  });

  it('refuses a manifest from the future, of another kind, or broken', async () => {
    const { folder, manifest } = await writeArtefact(home, 'model', write('weights'));
    const path = join(folder, 'manifest.json');
    await writeFile(path, JSON.stringify({ ...manifest, format: 99 }));
    await expect(openArtefact(home, 'model')).rejects.toThrow(/format 99.*update Osusume/);
    await writeFile(path, JSON.stringify({ ...manifest, kind: 'bundle' }));
    await expect(openArtefact(home, 'model')).rejects.toThrow(/does not describe a model/);
    for (const files of [null, { 'data.txt': null }, { 'data.txt': { bytes: '7' } }]) {
      await writeFile(path, JSON.stringify({ ...manifest, files }));
      await expect(openArtefact(home, 'model')).rejects.toThrow(/describe the files of a model/);
    }
    await writeFile(path, 'null');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/does not describe a model/);
    await writeFile(path, '{"kind":');
    await expect(openArtefact(home, 'model')).rejects.toThrow(/manifest\.json/);
  });

  it('takes the newest sound version when the pointer is lost, whatever it says', async () => {
    const { version: older } = await writeArtefact(home, 'model', write('one'), { keep: 2 });
    const { version: newer, folder } = await writeArtefact(home, 'model', write('two'), {
      keep: 2,
    });
    const pointer = join(home, 'model', 'current');
    const opened = async () => (await openArtefact(home, 'model')).version;
    for (const content of [
      '',
      ' \n',
      '../../etc',
      'no-such-version',
      '\u0000\u0001',
      'x'.repeat(9999),
    ]) {
      await writeFile(pointer, content);
      expect(await opened()).toBe(newer);
    }
    await rm(pointer);
    expect(await opened()).toBe(newer);
    await mkdir(pointer);
    expect(await opened()).toBe(newer);
    await truncate(join(folder, 'data.txt'), 1);
    expect(await opened()).toBe(older);
    await rm(join(home, 'model', older), { recursive: true });
    await expect(opened()).rejects.toThrow(
      /current is a folder, and no version beside it can be used .*data\.txt has 1 bytes.*osusume train/,
    );
  });

  it('refuses a version by the path of a file', async () => {
    await expect(openArtefact(home, 'model', '../../etc')).rejects.toThrow(/not a version/);
  });
});

describe('mendPointer()', () => {
  it('lets the pointer name the newest sound version again, and says so once', async () => {
    await writeArtefact(home, 'model', write('one'), { keep: 2 });
    const { version } = await writeArtefact(home, 'model', write('two'), { keep: 2 });
    const pointer = join(home, 'model', 'current');
    await rm(pointer);
    await mkdir(pointer);
    const notes: string[] = [];
    for (let n = 0; n < 2; n++) await mendPointer(home, 'model', (line) => notes.push(line));
    expect(notes).toEqual([
      `${pointer} is a folder: ${version}, the newest sound version, is used; the pointer names it again`,
    ]);
    expect(await readFile(pointer, 'utf8')).toBe(`${version}\n`);
  });

  it('leaves a folder with files in the place of the pointer', async () => {
    const { version } = await writeArtefact(home, 'model', write('one'));
    const pointer = join(home, 'model', 'current');
    await rm(pointer);
    await mkdir(pointer);
    await writeFile(join(pointer, 'mine'), '');
    const notes: string[] = [];
    await mendPointer(home, 'model', (line) => notes.push(line));
    expect(notes[0]).toMatch(/cannot be mended .* nothing was changed/);
    expect(await readdir(pointer)).toEqual(['mine']);
    expect((await openArtefact(home, 'model')).version).toBe(version);
  });
});

describe('versions', () => {
  it('are named in the order in which they are made, whatever the clock says', async () => {
    const years = [2099, 2026, 2026, 1999];
    const made: string[] = [];
    for (const year of years) {
      const clock = () => new Date(Date.UTC(year, 0, 1));
      made.push((await writeArtefact(home, 'bundle', write('x'), { clock, keep: 9 })).version);
    }
    expect(await keptVersions(home, 'bundle')).toEqual([...made].reverse());
  });

  it('that were in use until now are the last to go, also when an older one had been chosen', async () => {
    const make = async () => (await writeArtefact(home, 'bundle', write('x'), { keep: 2 })).version;
    const first = await make();
    await make();
    const third = await make();
    await pointTo(home, 'bundle', first);
    const last = await make();
    expect(await keptVersions(home, 'bundle')).toEqual([last, third, first]);
  });

  it('and their files are for the owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const { folder } = await writeArtefact(home, 'bundle', async (target) => {
        expect((await stat(target)).mode & 0o777).toBe(0o700);
        expect((await stat(join(home, 'bundle'))).mode & 0o777).toBe(0o700);
        await mkdir(join(target, 'sub'));
        await writeFile(join(target, 'sub', 'data.txt'), 'x');
      });
      expect((await stat(join(folder, 'sub'))).mode & 0o777).toBe(0o700);
      for (const file of ['manifest.json', 'sub/data.txt', '../current'])
        expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });
});
