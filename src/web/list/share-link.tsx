/**
 * Shares a link to the list: by the phone's own menu, else by copying it. Only this link carries the picks to the server,
 * in its query.
 */
import { useEffect, useId, useState } from 'preact/hooks';
import type { Language } from '../display/settings.ts';
import { useDisplay } from '../display/use-display.tsx';

/** Milliseconds for which the page says that the link was copied. */
const SAYS = 6000;

interface Props {
  /** @param language of the page: what sites show of the link is written in it */
  readonly linkToShare: (language: Language) => string;
  /** what is shared; default: a list of recommendations */
  readonly words?: ShareWords;
}

export interface ShareWords {
  readonly title: string;
  readonly about: string;
  readonly announced: string;
}

export function ShareLink({ linkToShare, words }: Props) {
  const { language, messages } = useDisplay();
  const { share } = messages;
  const { title, about, announced } = words ?? share;
  const field = useId();
  const [copied, setCopied] = useState<string | null>(null);
  const [byHand, setByHand] = useState<string | null>(null);

  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), SAYS);
    return () => clearTimeout(timer);
  }, [copied]);

  const give = async () => {
    const link = linkToShare(language);
    if (await handedOver({ title, url: link })) return;
    const done = await written(link);
    setCopied(done ? link : null);
    setByHand(done ? null : link);
  };
  return (
    <div class="share-link">
      <button type="button" class="plain" title={about} onClick={give}>
        {copied === null ? share.copy : share.copied}
      </button>
      <p class="unseen" role="status">
        {copied !== null && announced}
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

/** Whether the menu of a phone took the link, or the person closed it. On a desktop the link is wanted in the clipboard. */
async function handedOver(data: ShareData): Promise<boolean> {
  if (!navigator.share || !matchMedia('(pointer: coarse)').matches) return false;
  try {
    await navigator.share(data);
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError';
  }
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
