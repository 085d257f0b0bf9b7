/** Quiet lines about where the data and the picks come from. */
import type { BundleFacts } from './answers.ts';
import { roundly } from './facts.ts';

export function SampleNotice({ bundle }: { bundle: BundleFacts | null }) {
  if (!bundle) return null;
  if (!bundle.synthetic) {
    const { people, titles } = bundle;
    if (people === null || titles === null) return null;
    return (
      <p class="quiet">{`Learned from the lists of ${roundly(people)} people and ${roundly(titles)} titles.`}</p>
    );
  }
  return (
    <p class="quiet">
      Sample data: synthetic people, real titles. For recommendations from real people, run{' '}
      <code>npx osusume fetch</code>, then <code>npx osusume pipeline --source</code> with the file
      it names.
    </p>
  );
}

interface BorrowedProps {
  readonly onAdopt: () => void;
  readonly onLeave: () => void;
}

export function BorrowedNotice({ onAdopt, onLeave }: BorrowedProps) {
  return (
    <div class="notice" role="status">
      <p>These picks came with the link. Yours are safe in this browser.</p>
      <button type="button" class="plain" onClick={onLeave}>
        Back to mine
      </button>
      <button type="button" class="plain" onClick={onAdopt}>
        Keep these instead
      </button>
    </div>
  );
}
