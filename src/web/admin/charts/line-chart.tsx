/** A small line chart of a metric by epoch. */
import { useAdminMessages } from '../use-messages.ts';

export interface Line {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Props {
  readonly label: string;
  /** label of the horizontal axis */
  readonly across: string;
  readonly lines: readonly Line[];
}

const WIDTH = 320;
const HEIGHT = 170;
const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
/** Larger numbers are abbreviated, because there is no room beside the axis. */
const LONG = 10_000;

export function LineChart({ label, across, lines }: Props) {
  const { formats } = useAdminMessages();
  const points = lines.flatMap(({ points }) => points);
  if (points.length === 0) return null;
  const [left, right] = range(points.map(({ x }) => x));
  const [low, high] = range(points.map(({ y }) => y));
  const x = (value: number) =>
    LEFT + (right > left ? (value - left) / (right - left) : 0.5) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) =>
    HEIGHT - BOTTOM - (high > low ? (value - low) / (high - low) : 0.5) * (HEIGHT - TOP - BOTTOM);
  const heights = high > low ? [low, (low + high) / 2, high] : [low];
  const written = (value: number) => formats.fixed(value, decimalsFor(high - low || high));
  const beside = high < LONG ? written : formats.short;
  return (
    <figure class="chart">
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {heights.map((value) => (
          <g key={value}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 8} y={y(value) + 4} text-anchor="end">
              {beside(value)}
            </text>
          </g>
        ))}
        {[...new Set([left, right])].map((value) => (
          <text key={value} x={x(value)} y={HEIGHT - 8} text-anchor="middle">
            {value}
          </text>
        ))}
        <text class="across" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 8} text-anchor="middle">
          {across}
        </text>
        {lines.map(({ name, points }, at) => (
          <g key={name} class={`line line-${at % 4}`}>
            <polyline points={points.map((point) => `${x(point.x)},${y(point.y)}`).join(' ')} />
            {points.map((point) => (
              <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r="2.5">
                <title>{`${name}, ${across} ${point.x}: ${written(point.y)}`}</title>
              </circle>
            ))}
          </g>
        ))}
      </svg>
      {lines.length > 1 && (
        <ul class="legend">
          {lines.map(({ name }, at) => (
            <li key={name} class={`line-${at % 4}`}>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function range(values: readonly number[]): [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Enough decimals that neighbouring values differ. */
function decimalsFor(span: number): number {
  if (span === 0) return 2;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(span)))));
}
