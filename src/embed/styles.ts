/**
 * The element's styles: typeface, its size and theme follow the page around it, and custom properties set the colours.
 * Sizes of letters are in em, so that the element is as large as the text that it stands in.
 */

export const STYLES = `
:host {
  display: block;
  font-family: var(--osusume-font, inherit);
  color: var(--text);
  --text: var(--osusume-text, light-dark(oklch(0.22 0.025 285), oklch(0.95 0.01 285)));
  --quiet: var(--osusume-quiet, light-dark(oklch(0.46 0.025 285), oklch(0.72 0.02 285)));
  --accent: var(--osusume-accent, light-dark(oklch(0.55 0.23 355), oklch(0.72 0.24 350)));
  --because: var(--osusume-because, light-dark(oklch(0.47 0.1 220), oklch(0.82 0.14 205)));
  --score: var(--osusume-score, light-dark(oklch(0.5 0.11 70), oklch(0.83 0.15 85)));
  --raised: var(--osusume-raised, light-dark(oklch(0.92 0.012 285), oklch(0.24 0.03 285)));
  --radius: var(--osusume-radius, 10px);
  --hairline: light-dark(oklch(0 0 0 / 0.1), oklch(1 0 0 / 0.12));
}
:host([hidden]) { display: none; }
:host([theme="dark"]) { color-scheme: dark; }
:host([theme="light"]) { color-scheme: light; }
* { box-sizing: border-box; margin: 0; }
ol {
  list-style: none; padding: 0; display: grid; gap: var(--osusume-gap, 24px 16px);
  grid-template-columns: repeat(auto-fill, minmax(min(var(--osusume-column, 150px), 42%), 1fr));
}
li { min-width: 0; display: flex; flex-direction: column; gap: 4px; }
a { color: inherit; text-decoration: none; display: grid; gap: 10px; border-radius: var(--radius); }
a:focus-visible, button:focus-visible { outline: 2px solid var(--because); outline-offset: 3px; }
.poster {
  position: relative; aspect-ratio: 225 / 318; border-radius: var(--radius); overflow: hidden; display: block;
  background: linear-gradient(165deg, var(--from), var(--to)); container-type: inline-size;
  transition: translate 160ms;
}
.poster::after { content: ""; position: absolute; inset: 0; border-radius: inherit; box-shadow: inset 0 0 0 1px var(--hairline); }
.moon { position: absolute; width: 78cqi; aspect-ratio: 1; border-radius: 50%; left: 34cqi; top: -18cqi; background: var(--ink); opacity: 0.55; }
.hill { position: absolute; width: 170cqi; aspect-ratio: 1.6; border-radius: 50%; left: -62cqi; bottom: -58cqi; background: var(--hill); opacity: 0.8; }
.sign {
  position: absolute; left: 8cqi; right: 8cqi; bottom: 8cqi; color: var(--letters); font-weight: 750; line-height: 1.1;
  font-size: 11.5cqi; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden;
}
.poster img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; opacity: 0; transition: opacity 200ms; }
.poster img.here { opacity: 1; }
a:hover .poster { translate: 0 -2px; }
a:hover .title { color: var(--accent); }
.title { font-size: 0.9375em; font-weight: 650; line-height: 1.25; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
:host(:lang(ja)) :is(.title, .sign, .facts, .because) { word-break: auto-phrase; }
.facts, .because { font-size: 0.8125em; line-height: 1.4; color: var(--quiet); font-variant-numeric: tabular-nums; }
.facts { text-wrap: balance; }
.because { color: var(--because); overflow-wrap: anywhere; text-wrap: pretty; }
.score { color: var(--score); }
.waiting .poster { background: var(--raised); }
.waiting .bar { height: 0.8em; border-radius: 4px; background: var(--raised); margin-top: 6px; }
.waiting .bar + .bar { width: 60%; }
.note { font-size: 0.9375em; line-height: 1.45; color: var(--quiet); max-width: 34em; }
button {
  font: inherit; font-size: 0.9375em; font-weight: 600; color: var(--accent); background: none; cursor: pointer;
  border: 1px solid currentColor; border-radius: 999px; padding: 0 18px; min-height: 44px; margin-top: 12px;
}
.more { display: inline-block; margin-top: 16px; padding: 10px 0; font-size: 0.9375em; font-weight: 600; color: var(--accent); }
.more:hover { text-decoration: underline; text-underline-offset: 4px; }
.note + ol { margin-top: 14px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .poster, .poster img { transition: none; } a:hover .poster { translate: none; } }
`;
