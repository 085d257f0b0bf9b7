/** Copies a link to the list. Only this link carries the picks to the server, in its query. */
import { useEffect, useId, useState } from 'preact/hooks';
import { useMessages } from '../display/use-display.tsx';

/** Milliseconds for which the page says that the link was copied. */
const SAYS = 6000;

interface Props {
  readonly linkToShare: () => string;
}

export function ShareLink({ linkToShare }: Props) {
  const { share } = useMessages();
  const field = useId();
  const [copied, setCopied] = useState<string | null>(null);
  const [byHand, setByHand] = useState<string | null>(null);

  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), SAYS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const link = linkToShare();
    const done = await written(link);
    setCopied(done ? link : null);
    setByHand(done ? null : link);
  };
  return (
    <div class="share-link">
      <button type="button" class="plain" title={share.about} onClick={copy}>
        {copied === null ? share.copy : share.copied}
      </button>
      <p class="unseen" role="status">
        {copied !== null && share.announced}
      </p>
      {byHand !== null && (
        <p class="quiet share-by-hand">
          <label for={field}>{share.byHand}</label>
          <input
            id={field}
            readOnly
            value={byHand}
            onFocus={(event) => event.currentTarget.select()}
          />
        </p>
      )}
    </div>
  );
}

/** Browsers refuse without a secure connection, and when the person says no. */
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
