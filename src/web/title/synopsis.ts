/** Splits a synopsis into the text and its credit: most end with "[Written by …]" or "(Source: …)". */
const CREDIT = /\s*[[(]((?:Written by|Source:)[^\n\])]*)[\])]\s*$/;

export interface Synopsis {
  readonly story: string;
  /** null when there is no author or source */
  readonly credit: string | null;
}

export function readSynopsis(text: string): Synopsis {
  const found = CREDIT.exec(text);
  // Only a credit: keep it as the text.
  if (!found || found.index === 0) return { story: text, credit: null };
  return { story: text.slice(0, found.index), credit: found[1] };
}
