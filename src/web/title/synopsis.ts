/** A synopsis, and who wrote it: most end with "[Written by …]" or "(Source: …)". */
const CREDIT = /\s*[[(]((?:Written by|Source:)[^\n\])]*)[\])]\s*$/;

export interface Synopsis {
  readonly story: string;
  /** null when it names no author or source */
  readonly credit: string | null;
}

export function readSynopsis(text: string): Synopsis {
  const found = CREDIT.exec(text);
  // Nothing but a credit: it is all there is.
  if (!found || found.index === 0) return { story: text, credit: null };
  return { story: text.slice(0, found.index), credit: found[1] };
}
