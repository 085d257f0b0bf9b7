/** The report that `osusume drift` writes: what is asked and recommended beside what the training data has. */
import * as Plot from '@observablehq/plot';
import type { DimensionDrift, Drift } from '../traffic/drift.ts';
import { LARGE, MODERATE } from '../traffic/population-stability.ts';
import { COLOURS, chart } from './chart.ts';
import { type Markup, pageHtml, type Section, side, table } from './page.ts';

/** Genres that a chart shows: those that moved most. */
const GENRES = 18;
/** Bins in the table of what moved most. */
const MOVED = 8;

const FOUND = COLOURS[0];
const EXPECTED = 'var(--text)';

export function driftReport(drift: Drift): string {
  const { bundle, since, lists } = drift;
  return pageHtml({
    title: 'What is asked and recommended',
    lead: `${number(lists.asked)} lists asked with and ${number(lists.recommended)} recommended since ${timeOf(since)}, against the data that bundle ${bundle} was trained on. Counts only: no list of anybody is kept.`,
    sections: [
      summarySection(drift),
      populationSection(
        'Asked',
        'The titles on the lists that requests brought, and how many there were. Expected: the lists of the training data.',
        drift.dimensions.filter(({ population }) => population === 'asked'),
      ),
      populationSection(
        'Recommended',
        'The titles of the lists that were answered. Expected: what this bundle answers people of the training data with, by default rules.',
        drift.dimensions.filter(({ population }) => population === 'recommended'),
      ),
    ],
  });
}

function summarySection({ dimensions }: Drift): Section {
  return {
    heading: 'Population stability',
    text: `PSI = Σ (found − expected) · ln(found / expected) over the shares of all bins; 0 = the same. Below ${MODERATE} little has changed, from ${LARGE} on much. "Too few": chance makes more than half of ${MODERATE}.`,
    body: [
      table(
        ['lists', 'by', 'PSI', 'of it by chance', 'reading'],
        dimensions.map(({ population, dimension, psi, byChance, reading }) => [
          population,
          nameOf(dimension),
          psi?.toFixed(3) ?? '–',
          byChance?.toFixed(3) ?? '–',
          reading,
        ]),
      ),
    ],
  };
}

function populationSection(
  heading: string,
  text: string,
  dimensions: readonly DimensionDrift[],
): Section {
  const drawn = dimensions.filter(({ bins }) => bins.length > 0);
  if (drawn.length === 0)
    return {
      heading,
      text: 'Nothing was counted, or there is nothing to compare it with.',
      body: [],
    };
  return {
    heading,
    text: `${text} Bars are what is found, lines what is expected.`,
    body: [side(drawn.map(chartOf)), movedMost(drawn)],
  };
}

function chartOf(drift: DimensionDrift): Markup {
  const { dimension, psi, reading } = drift;
  const caption = `% by ${nameOf(dimension)}, PSI ${(psi ?? 0).toFixed(3)} (${reading})`;
  return dimension === 'genre' ? genreChart(caption, drift) : columnChart(caption, drift);
}

interface Bar {
  readonly name: string;
  readonly expected: number;
  readonly found: number;
}

function genreChart(caption: string, { bins }: DimensionDrift): Markup {
  const shown: Bar[] = [...bins]
    .sort((a, b) => b.part - a.part)
    .slice(0, GENRES)
    .sort((a, b) => b.expected - a.expected)
    .map(percent);
  const longest = Math.max(0, ...shown.map(({ name }) => name.length));
  return chart(caption, {
    marginLeft: 20 + 6.6 * longest,
    x: { label: '%', grid: true },
    y: { label: null, domain: shown.map(({ name }) => name) },
    marks: [
      Plot.barX(shown, { x: 'found', y: 'name', fill: FOUND, insetTop: 2, insetBottom: 2, title }),
      Plot.tickX(shown, { x: 'expected', y: 'name', stroke: EXPECTED, strokeWidth: 2 }),
      Plot.ruleX([0]),
    ],
  });
}

function columnChart(caption: string, { dimension, bins }: DimensionDrift): Markup {
  const shown: Bar[] = bins.map(percent);
  const isLength = dimension === 'list_length';
  return chart(caption, {
    marginBottom: isLength ? 72 : 44,
    x: {
      label: isLength ? 'titles on the list' : 'tenths of what people list, most popular first',
      domain: shown.map(({ name }) => name),
      tickRotate: isLength ? -40 : 0,
    },
    y: { label: '%', grid: true },
    marks: [
      Plot.barY(shown, { x: 'name', y: 'found', fill: FOUND, title }),
      Plot.tickY(shown, { x: 'name', y: 'expected', stroke: EXPECTED, strokeWidth: 2 }),
      Plot.ruleY([0]),
    ],
  });
}

function movedMost(dimensions: readonly DimensionDrift[]): Markup {
  const rows = dimensions
    .flatMap(({ dimension, bins }) => bins.map((bin) => ({ dimension, ...bin })))
    .filter(({ part }) => part > 0)
    .sort((a, b) => b.part - a.part)
    .slice(0, MOVED);
  return table(
    ['moved most', 'expected %', 'found %', 'part of its PSI'],
    rows.map(({ name, dimension, expected, found, part }) => [
      dimension === 'popularity' ? `popularity: tenth ${name}` : `${nameOf(dimension)}: ${name}`,
      (100 * expected).toFixed(1),
      (100 * found).toFixed(1),
      part.toFixed(3),
    ]),
  );
}

function percent({ name, expected, found }: Bar): Bar {
  return { name, expected: 100 * expected, found: 100 * found };
}

function title({ name, expected, found }: Bar): string {
  return `${name}: ${found.toFixed(1)} % found, ${expected.toFixed(1)} % expected`;
}

function nameOf(dimension: DimensionDrift['dimension']): string {
  return dimension === 'list_length' ? 'length of the list' : dimension;
}

/** 2026-01-02 03:00 UTC */
function timeOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
