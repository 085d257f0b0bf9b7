/** Stacks of the bundled command name files and lines of src/ and of packages, as its source maps have them. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/** A place in a file of dist/program/, as in "at Ranker.recommend (file:///…/dist/program/serve-ABC.js:87:5)" */
const PLACE = /(file:\/\/\S+\/program\/[\w.-]+\.js):(\d+):(\d+)/g;

/** A map is read when the first stack needs it: it takes longer than loading the code. */
export class OriginalStacks {
  /** URL of a file → its map; null = it has none */
  readonly #maps = new Map<string, SourceMap | null>();

  /** For each stack from now on, those that Node prints included. */
  install(): void {
    Error.prepareStackTrace = (error, sites) =>
      [nameOf(error), ...sites.map((site) => `    at ${this.placed(String(site))}`)].join('\n');
  }

  /** The same text with the original places. */
  placed(text: string): string {
    return text.replace(
      PLACE,
      (place, file: string, row: string, column: string) =>
        this.#original(file, Number(row), Number(column)) ?? place,
    );
  }

  /** Rows and columns count from 1 in stacks, and from 0 in maps. */
  #original(file: string, row: number, column: number): string | null {
    const entry = this.#mapOf(file)?.findEntry(row - 1, column - 1);
    if (!entry || !('originalSource' in entry)) return null;
    const { originalSource, originalLine, originalColumn } = entry;
    return `${new URL(originalSource, file)}:${originalLine + 1}:${originalColumn + 1}`;
  }

  #mapOf(file: string): SourceMap | null {
    const known = this.#maps.get(file);
    if (known !== undefined) return known;
    const map = readMap(file);
    this.#maps.set(file, map);
    return map;
  }
}

/** As Node writes it. */
function nameOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), 'utf8')));
  } catch {
    // A stack without original places is better than none.
    return null;
  }
}
