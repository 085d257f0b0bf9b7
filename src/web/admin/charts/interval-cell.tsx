/** A table cell for a mean with its interval: the number, and a bar on the scale of its column. */
import type { Interval } from '../../../api/admin-client.ts';
import { useAdminMessages } from '../use-messages.ts';

interface Props {
  readonly interval: Interval;
  /** the scale goes from 0 to this */
  readonly end: number;
}

const WIDTH = 84;
const HEIGHT = 8;

export function IntervalCell({ interval: { mean, low, high }, end }: Props) {
  const { formats, leaderboard } = useAdminMessages();
  if (mean === null || low === null || high === null) return <>–</>;
  const place = (value: number) => (end > 0 ? (value / end) * (WIDTH - 4) + 2 : 2);
  const label = leaderboard.within(formats.fixed(low, 3), formats.fixed(high, 3));
  return (
    <span class="interval" title={label}>
      {formats.fixed(mean, 3)}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img">
        <title>{label}</title>
        <line class="scale" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <line class="span" x1={place(low)} x2={place(high)} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <line class="mean" x1={place(mean)} x2={place(mean)} y1="0" y2={HEIGHT} />
      </svg>
    </span>
  );
}

/** The largest upper bound. */
export function endOf(intervals: readonly Interval[]): number {
  return Math.max(0, ...intervals.map(({ high }) => high ?? 0));
}
