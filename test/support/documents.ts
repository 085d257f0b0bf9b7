/** What the documents of the repository contain: links, headings, commands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DocumentedCommand {
  readonly document: string;
  readonly line: number;
  /** as written, continued lines joined, comments left out */
  readonly text: string;
}

/** Paths of all documents. */
export function documents(): string[] {
  const at = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name));
  return [...at('.'), ...at('docs')].sort();
}

/** A document without its fenced blocks: their lines are empty. */
export function proseOf(markdown: string): string {
  let fenced = false;
  return markdown
    .split('\n')
    .map((line) => {
      const fence = line.startsWith('```');
      if (fence) fenced = !fenced;
      return fence || fenced ? '' : line;
    })
    .join('\n');
}

/** Commands of fenced `sh` blocks. */
export function fencedCommands(document: string): DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  let inside = false;
  let open: { line: number; text: string } | null = null;
  readFileSync(document, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (line.startsWith('```')) inside = line === '```sh';
      else if (inside) {
        const part = withoutComment(line).trimEnd();
        const start: { line: number; text: string } = open ?? { line: index + 1, text: '' };
        const text = `${start.text}${part.replace(/\\$/, '').trim()}`;
        const goesOn = /(\\|\|)$/.test(part);
        open = goesOn ? { line: start.line, text: `${text} ` } : null;
        if (!goesOn && text !== '') commands.push({ document, line: start.line, text });
      }
    });
  return commands;
}

/** Commands in the running text: code spans that begin with the name of a program. */
export function inlineCommands(document: string): DocumentedCommand[] {
  const prose = proseOf(readFileSync(document, 'utf8'));
  return prose
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/`([^`]+)`/g)].map(([, text]) => ({ document, line: index + 1, text })),
    )
    .filter(({ text }) =>
      /^([A-Z_]+=\S+ )*(npx|npm|osusume|node|python3|curl|git|bash) /.test(text),
    );
}

/** `#` begins a comment at the start of a line or between spaces. */
function withoutComment(line: string): string {
  return line.replace(/(^|\s+)# .*$/, '');
}

/** Targets of links and pictures, with their lines. */
export function linksOf(markdown: string): { readonly target: string; readonly line: number }[] {
  return proseOf(markdown)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({ target, line: index + 1 })),
    );
}

/** Anchors of a document's headings, as repository hosts make them. */
export function anchorsOf(markdown: string): Set<string> {
  return new Set(
    proseOf(markdown)
      .split('\n')
      .filter((line) => /^#+ /.test(line))
      .map((line) =>
        line
          .replace(/^#+ /, '')
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .replace(/\s/g, '-'),
      ),
  );
}
