/** The way from one bundle to another: asked for, checked by the server, opened by it, in use. */

import { useEffect, useState } from 'preact/hooks';
import type { AdminClient } from '../../api/admin-client.ts';
import { toError } from '../ui/to-error.ts';

export interface BundleSwitch {
  /** the version that was last asked for */
  readonly version: string | null;
  readonly state: 'checking' | 'taking' | 'done' | null;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly use: (version: string) => void;
}

interface ListRequest {
  readonly version: string;
  readonly state: BundleSwitch['state'];
  readonly error: Error | null;
}

/** ms between two looks while the server opens it */
const INTERVAL = 700;

/** @param onChanged the status may be another one now */
export function useBundleSwitch(
  api: AdminClient,
  inUse: string | null,
  onChanged: () => void,
): BundleSwitch {
  const [asked, setAsked] = useState<ListRequest | null>(null);
  const taking = asked?.state === 'taking';
  useEffect(() => {
    if (!taking || !asked) return;
    if (asked.version === inUse) return setAsked({ ...asked, state: 'done' });
    const timer = setInterval(onChanged, INTERVAL);
    return () => clearInterval(timer);
  }, [taking, asked, inUse]);

  async function use(version: string): Promise<void> {
    setAsked({ version, state: 'checking', error: null });
    try {
      await api.useBundle(version);
      setAsked({ version, state: 'taking', error: null });
    } catch (cause) {
      const error = toError(cause);
      setAsked({ version, state: null, error });
    }
    onChanged();
  }

  const state = asked?.state ?? null;
  return {
    version: asked?.version ?? null,
    state,
    busy: state === 'checking' || state === 'taking',
    error: asked?.error ?? null,
    use: (version) => void use(version),
  };
}
