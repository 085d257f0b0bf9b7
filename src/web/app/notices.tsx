/** Notices about the origin of the data and of the picks. */

import type { BundleFacts } from '../../api/client.ts';
import { useMessages } from '../display/use-display.tsx';
import { rounded } from '../i18n/format.ts';

export function SampleNotice({ bundle }: { bundle: BundleFacts | null }) {
  const { notice, number } = useMessages();
  if (!bundle) return null;
  const { origin, people, titles } = bundle;
  if (!origin.synthetic) {
    return <p class="quiet">{notice.learned(number(rounded(people)), number(rounded(titles)))}</p>;
  }
  const [before, between, behind] = notice.sampleNext;
  return (
    <p class="quiet">
      {notice.sample} {before}
      <code>npx osusume fetch</code>
      {between}
      <code>npx osusume pipeline --source</code>
      {behind}
    </p>
  );
}

interface BorrowedProps {
  readonly onAdopt: () => void;
  readonly onLeave: () => void;
}

export function BorrowedNotice({ onAdopt, onLeave }: BorrowedProps) {
  const { notice } = useMessages();
  return (
    <div class="notice" role="status">
      <p>{notice.borrowed}</p>
      <button type="button" class="plain" onClick={onLeave}>
        {notice.leave}
      </button>
      <button type="button" class="plain" onClick={onAdopt}>
        {notice.adopt}
      </button>
    </div>
  );
}
