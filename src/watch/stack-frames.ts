/** The stack of an error as error services read it: a list of frames, the outermost first. */

export interface Frame {
  /** below the folder of this program, so that it is the same on every machine */
  readonly filename: string;
  readonly function?: string;
  readonly lineno?: number;
  readonly colno?: number;
  /** code of this program, not of a library or Node */
  readonly in_app: boolean;
}

const MOST_FRAMES = 50;
/** "    at Ranker.recommend (file:///…/dist/recommend/ranker.js:87:5)", or without a name and brackets */
const FRAME = /^\s*at (?:(.+?) \()?(.+?):(\d+):(\d+)\)?$/;

export function framesOf(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split('\n')) {
    const found = FRAME.exec(line);
    if (!found || frames.length === MOST_FRAMES) continue;
    const [, name, path, row, column] = found;
    const filename = relative(path);
    frames.push({
      filename,
      ...(name ? { function: name } : {}),
      lineno: Number(row),
      colno: Number(column),
      in_app: !/^node:|node_modules\//.test(filename),
    });
  }
  return frames.reverse();
}

/** …/lib/node_modules/osusume/dist/main.js → dist/main.js; a library stays below node_modules */
function relative(path: string): string {
  if (path.startsWith('node:')) return path;
  const [, library] = /.*\/(node_modules\/(?!osusume\/).*)$/.exec(path) ?? [];
  if (library) return library;
  const [, own] = /.*\/((?:dist|dist-dev|src)\/.*)$/.exec(path) ?? [];
  return own ?? path.replace(/^.*\/(?=[^/]+$)/, '');
}
