/** The charts of a taste as SVG, each with a text alternative. */
import type { TasteMessages } from './messages-en.ts';
import type { Preference } from './taste-portrait.ts';

interface PreferenceProps {
  readonly preferences: readonly Preference[];
  readonly nameOf: (kind: string | number) => string;
  readonly labels: TasteMessages;
}

const WIDTH = 200;
const HEIGHT = 14;

/** Bars to both sides of an axis that stands for everyone: right = more than others. */
export function PreferenceBars({ preferences, nameOf, labels }: PreferenceProps) {
  const widest = Math.max(0.5, ...preferences.map(({ lean }) => Math.abs(lean)));
  return (
    <figure class="leanings">
      <figcaption class="ends" aria-hidden="true">
        <span>{labels.less}</span>
        <span>{labels.more}</span>
      </figcaption>
      <ul>
        {preferences.map(({ kind, mine, everyone, lean }) => {
          const length = (Math.abs(lean) / widest) * (WIDTH / 2);
          return (
            <li key={kind}>
              <span class="kind" aria-hidden="true">
                {nameOf(kind)}
              </span>
              <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={labels.leaning(nameOf(kind), mine, everyone)}
              >
                <title>{labels.leaning(nameOf(kind), mine, everyone)}</title>
                <rect
                  class={lean > 0 ? 'more' : 'less'}
                  x={lean > 0 ? WIDTH / 2 : WIDTH / 2 - length}
                  y={2}
                  width={Math.max(length, 1)}
                  height={HEIGHT - 4}
                  rx={2}
                />
                <line class="axis" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
              </svg>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

interface ScaleProps {
  readonly mine: readonly number[];
  readonly everyone: readonly number[];
  readonly labels: TasteMessages;
}

const COLUMN = 32;
const TALL = 150;

/** The person's scores as columns, everyone's as a stepped line over them. */
export function ScaleHistogram({ mine, everyone, labels }: ScaleProps) {
  const own = sharesOf(mine);
  const crowd = sharesOf(everyone);
  const highest = Math.max(...own, ...crowd, 0.01);
  const y = (share: number) => TALL - (share / highest) * (TALL - 8);
  const steps = crowd.map(
    (share, at) => `${at === 0 ? 'M' : 'L'}${at * COLUMN},${y(share)}h${COLUMN}`,
  );
  const text = own.map((share, at) => labels.scored(at + 1, share, crowd[at])).join('; ');
  return (
    <figure class="scale">
      <svg viewBox={`0 0 ${10 * COLUMN} ${TALL + 22}`} role="img" aria-label={text}>
        {own.map((share, at) => (
          <g key={labels.scored(at + 1, share, crowd[at])}>
            <title>{labels.scored(at + 1, share, crowd[at])}</title>
            <rect class="hit" x={at * COLUMN} y={0} width={COLUMN} height={TALL} />
            <rect
              class="mine"
              x={at * COLUMN + 4}
              y={y(share)}
              width={COLUMN - 8}
              height={TALL - y(share)}
              rx={3}
            />
            <text x={(at + 0.5) * COLUMN} y={TALL + 17}>
              {at + 1}
            </text>
          </g>
        ))}
        <path class="crowd" d={steps.join('')} />
        <line class="axis" x1={0} x2={10 * COLUMN} y1={TALL} y2={TALL} />
      </svg>
      <figcaption class="key">
        <span class="key-mine">{labels.you}</span>
        <span class="key-crowd">{labels.everyone}</span>
      </figcaption>
    </figure>
  );
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
