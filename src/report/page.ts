/** The HTML page of a report: one file without scripts or requests, dark or light by the reader's system setting. */

/** HTML that needs no escaping. */
export interface Markup {
  readonly html: string;
}

export interface Page {
  readonly title: string;
  /** the paragraph below the title */
  readonly lead: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  /** describes what the section shows */
  readonly text?: string;
  readonly body: readonly Markup[];
}

export function pageHtml({ title, lead, sections }: Page): string {
  const body = sections.map(
    ({ heading, text, body }) =>
      `<section>\n<h2>${escapeHtml(heading)}</h2>\n${text ? `<p>${escapeHtml(text)}</p>\n` : ''}${body.map(({ html }) => html).join('\n')}\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(lead)}</p></header>
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

/** A table; its cells are escaped. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Markup {
  const isNumber = (value: string | number | undefined) =>
    typeof value === 'number' || /^[.\d–-]/.test(value ?? '');
  // a heading stands where its numbers stand
  const cells = (tag: string, values: readonly (string | number)[], aligned = values) =>
    `<tr>${values.map((value, n) => `<${tag}${isNumber(aligned[n]) ? ' class="number"' : ''}>${escapeHtml(String(value))}</${tag}>`).join('')}</tr>`;
  return {
    html: `<div class="scroll"><table><thead>${cells('th', head, rows[0])}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></div>`,
  };
}

/** A card with a heading and a numbered list. */
export function list(heading: string, lines: readonly string[]): Markup {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  return { html: `<div class="card"><h3>${escapeHtml(heading)}</h3><ol>${items}</ol></div>` };
}

/** Puts parts side by side where there is room. */
export function side(parts: readonly Markup[]): Markup {
  return { html: `<div class="side">${parts.map(({ html }) => html).join('\n')}</div>` };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root {
  color-scheme: dark light;
  --ground: oklch(0.16 0.02 285); --raised: oklch(0.2 0.025 285); --line: oklch(0.28 0.03 285);
  --text: oklch(0.95 0.01 285); --quiet: oklch(0.72 0.02 285);
  --pink: oklch(0.72 0.24 350); --violet: oklch(0.66 0.2 300); --cyan: oklch(0.82 0.14 205); --amber: oklch(0.83 0.15 85);
  --green: oklch(0.78 0.16 155); --plot-background: var(--ground);
}
@media (prefers-color-scheme: light) {
  :root {
    --ground: oklch(0.977 0.006 285); --raised: oklch(0.945 0.01 285); --line: oklch(0.88 0.014 285);
    --text: oklch(0.22 0.025 285); --quiet: oklch(0.46 0.025 285);
    --pink: oklch(0.55 0.23 355); --violet: oklch(0.5 0.23 300); --cyan: oklch(0.47 0.1 220); --amber: oklch(0.5 0.11 70);
    --green: oklch(0.48 0.12 155);
  }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px clamp(16px, 5vw, 64px) 64px; background: var(--ground); color: var(--text);
  font: 16px/1.5 "Hanken Grotesk Variable", "Inter", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Noto Sans JP", sans-serif; }
header, main { max-width: 1080px; margin: 0 auto; }
h1 { margin: 24px 0 0; font-size: 1.875rem; line-height: 1.2; }
h2 { margin: 0 0 4px; font-size: 1.375rem; }
h3 { margin: 0 0 8px; font-size: 0.9375rem; color: var(--quiet); font-weight: 550; overflow-wrap: anywhere; }
p { margin: 4px 0 12px; max-width: 70ch; color: var(--quiet); }
section { margin-top: 48px; }
figure, .card { margin: 12px 0; padding: 16px; background: var(--raised); border-radius: 12px; min-width: 0; }
figure figcaption { margin-bottom: 8px; color: var(--quiet); font-size: 0.9375rem; }
figure figure { padding: 0; margin: 0; }
svg { max-width: 100%; height: auto; overflow: visible; font-size: 12px; font-family: inherit; }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 0 16px; align-items: start; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
th { color: var(--quiet); font-weight: 550; }
.number { text-align: right; }
ol { margin: 0; padding-left: 24px; }
`;
