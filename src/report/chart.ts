/** Charts as SVG, drawn by Observable Plot on a linkedom document, without a browser. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { firstLetters } from '../first-letters.ts';
import type { Markup } from './page.ts';
import { escapeHtml } from './page.ts';

/** The page's colours, so that charts follow light and dark mode. */
export const COLOURS = [
  'var(--pink)',
  'var(--cyan)',
  'var(--amber)',
  'var(--violet)',
  'var(--green)',
  'var(--quiet)',
] as const;

/** @param caption describes what the chart shows */
export function chart(caption: string, options: Plot.PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    width: 520,
    marginLeft: 56,
    style: { background: 'none' },
    ...options,
    document: document as unknown as Document,
  });
  return {
    html: `<figure role="group" aria-label="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption>${drawn.outerHTML}</figure>`,
  };
}

/** One colour for each name; they repeat when there are more names than colours. */
export function colourScale(
  names: readonly string[],
  legend = names.length > 1,
): Plot.ScaleOptions {
  return {
    type: 'ordinal',
    domain: [...names],
    range: names.map((_, i) => COLOURS[i % COLOURS.length]),
    legend,
  } as Plot.ScaleOptions;
}

/** Horizontal bars, the longest first unless `sort` is false. */
export function bars(
  caption: string,
  rows: readonly { readonly name: string; readonly count: number }[],
  { label, sort = true, colour = COLOURS[0] }: { label: string; sort?: boolean; colour?: string },
): Markup {
  const shown = rows.map(({ name, count }) => ({ name: shorten(name), count }));
  const longest = Math.max(0, ...shown.map(({ name }) => name.length));
  return chart(caption, {
    marginLeft: Math.min(230, 20 + 6.6 * longest),
    x: { label, grid: true, tickFormat: 's', ticks: 5 },
    y: { label: null, domain: sort ? undefined : shown.map(({ name }) => name) },
    marks: [
      Plot.barX(shown, {
        x: 'count',
        y: 'name',
        fill: colour,
        sort: sort ? { y: '-x' } : undefined,
        title: ({ name, count }: { name: string; count: number }) => `${name}: ${count}`,
      }),
      Plot.ruleX([0]),
    ],
  });
}

function shorten(name: string): string {
  return name.length > 34 ? `${firstLetters(name, 33)}…` : name;
}
