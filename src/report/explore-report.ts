/** The report that `osusume explore` writes: rows read and rejected, ratings, people, titles. */
import * as Plot from '@observablehq/plot';
import type { ByYear, Counted, DataFacts } from '../data/data-facts.ts';
import type { IngestReport } from '../source/ingest/ingest-report.ts';
import { bars, COLOURS, chart, colourScale } from './chart.ts';
import { type Markup, pageHtml, type Section, side, table } from './page.ts';

export function exploreReport(ingest: IngestReport, facts: DataFacts, prepared: string): string {
  const { rows, people, titles } = facts;
  return pageHtml({
    title: `The data of ${ingest.source.name}`,
    lead: `${number(rows)} rows of ${number(people)} people and ${number(titles)} titles${ingest.source.synthetic ? '; synthetic people' : ''}. ${prepared}`,
    sections: [
      readSection(ingest),
      ratingSection(facts),
      peopleSection(facts),
      titleSection(facts),
      missingSection(facts),
    ],
  });
}

function readSection({ files }: IngestReport): Section {
  const rejected = files.flatMap(({ file, rejected }) =>
    Object.entries(rejected).map(([reason, count]) => [file, reason, number(count)]),
  );
  return {
    heading: 'What was read',
    text: 'For every file: rows read = kept + duplicates + rejected.',
    body: [
      table(
        ['file', 'read', 'kept', 'duplicates', 'rejected', 'settled statuses'],
        files.map(({ file, read, kept, duplicates, rejected, settledStatuses }) => [
          file,
          number(read),
          number(kept),
          number(duplicates),
          number(Object.values(rejected).reduce((sum, count) => sum + count, 0)),
          number(settledStatuses),
        ]),
      ),
      ...(rejected.length > 0 ? [table(['file', 'rejected because', 'rows'], rejected)] : []),
    ],
  };
}

function ratingSection({ ratings, statuses, unscored, rows, meanRating }: DataFacts): Section {
  const share = ((100 * unscored) / Math.max(1, rows)).toFixed(1);
  return {
    heading: 'Ratings',
    text: `${share} % of the rows have no score, which is not the same as a low one.${meanRating === null ? '' : ` The others have ${meanRating.toFixed(2)} on average.`}`,
    body: [
      side([
        columns('rows by score', ratings, 'score'),
        bars('rows by status', statuses, { label: 'rows', colour: COLOURS[1] }),
      ]),
    ],
  };
}

function peopleSection({ listLengths, longTail, unlisted, mostListed }: DataFacts): Section {
  const tenth = longTail.find(({ titles }) => titles >= 0.1)?.rows;
  return {
    heading: 'People and the long tail',
    text: `${tenth === undefined ? '' : `The most listed tenth of the listed titles has ${(100 * tenth).toFixed(0)} % of the rows. `}${number(unlisted)} titles are on nobody's list.`,
    body: [
      side([
        chart('people by titles on their list', {
          x: { label: 'titles on the list', type: 'log' },
          y: { label: null, grid: true, tickFormat: 's' },
          marks: [
            Plot.rectY(listLengths, {
              x1: 'from',
              x2: 'to',
              y: 'count',
              fill: COLOURS[3],
              title: ({ name, count }: Counted) => `from ${name} titles: ${count} people`,
            }),
            Plot.ruleY([0]),
          ],
        }),
        chart('share of rows by share of titles, most listed first', {
          x: { label: 'share of listed titles', percent: true },
          y: { label: null, percent: true, grid: true },
          marks: [
            Plot.areaY(longTail, { x: 'titles', y: 'rows', fill: COLOURS[0], fillOpacity: 0.25 }),
            Plot.lineY(longTail, { x: 'titles', y: 'rows', stroke: COLOURS[0], strokeWidth: 2 }),
          ],
        }),
      ]),
      bars('people who list it', mostListed, { label: 'people' }),
    ],
  };
}

function titleSection({ genres, genresByYear, typesByYear, seasons }: DataFacts): Section {
  return {
    heading: 'Titles',
    text: 'Years are those of the first broadcast, from 1960 on.',
    body: [
      side([
        byYear('titles by year and type', typesByYear),
        lines('titles by year, most common genres', genresByYear),
        bars('titles by genre', genres, { label: 'titles', colour: COLOURS[2] }),
        columns('titles by season of their first broadcast', seasons, null),
      ]),
    ],
  };
}

function missingSection({ missing, titles }: DataFacts): Section {
  const shares = missing.map(({ name, count }) => ({
    name,
    count: (100 * count) / Math.max(1, titles),
  }));
  return {
    heading: 'Missing values',
    text: 'Titles without a value. Seasons are those of TV series only, and synonyms come with a relations file.',
    body: [bars('% of the titles', shares, { label: '%', colour: COLOURS[4] })],
  };
}

function columns(caption: string, rows: readonly Counted[], label: string | null): Markup {
  return chart(caption, {
    x: { label, domain: rows.map(({ name }) => name) },
    y: { label: null, grid: true, tickFormat: 's' },
    marks: [
      Plot.barY(rows, {
        x: 'name',
        y: 'count',
        fill: COLOURS[0],
        title: ({ name, count }: Counted) => `${name}: ${number(count)}`,
      }),
      Plot.ruleY([0]),
    ],
  });
}

function byYear(caption: string, rows: readonly ByYear[]): Markup {
  return chart(caption, {
    x: { label: null, tickFormat: 'd' },
    y: { label: null, grid: true },
    color: colourScale(namesOf(rows)),
    marks: [
      Plot.rectY(
        rows,
        Plot.stackY({
          x1: ({ year }) => year - 0.5,
          x2: ({ year }) => year + 0.5,
          y: 'count',
          fill: 'name',
        }),
      ),
      Plot.ruleY([0]),
    ],
  });
}

function lines(caption: string, rows: readonly ByYear[]): Markup {
  return chart(caption, {
    marginRight: 90,
    x: { label: null, tickFormat: 'd' },
    y: { label: null, grid: true },
    color: colourScale(namesOf(rows)),
    marks: [Plot.lineY(rows, { x: 'year', y: 'count', stroke: 'name', strokeWidth: 1.8 })],
  });
}

/** Most common first. */
function namesOf(rows: readonly ByYear[]): string[] {
  const counts = new Map<string, number>();
  for (const { name, count } of rows) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
