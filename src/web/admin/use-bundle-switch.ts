/** Switches the server to another bundle, step by step: requested, checked, opened, in use. */

import { useEffect, useState } from 'preact/hooks';
import type { AdminClient } from '../../api/admin-client.ts';
import { toError } from '../ui/to-error.ts';

export interface BundleSwitch {
  /** the version that was last requested */
  readonly version: string | null;
  readonly state: 'checking' | 'taking' | 'done' | null;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly use: (version: string) => void;
}

interface Switching {
  readonly version: string;
  readonly state: BundleSwitch['state'];
  readonly error: Error | null;
}

/** milliseconds between status requests while the server opens the bundle */
const INTERVAL = 700;

/** @param onChanged called when the status may have changed */
export function useBundleSwitch(
  api: AdminClient,
  inUse: string | null,
  onChanged: () => void,
): BundleSwitch {
  const [switching, setSwitching] = useState<Switching | null>(null);
  const taking = switching?.state === 'taking';
  useEffect(() => {
    if (!taking || !switching) return;
    if (switching.version === inUse) return setSwitching({ ...switching, state: 'done' });
    const timer = setInterval(onChanged, INTERVAL);
    return () => clearInterval(timer);
  }, [taking, switching, inUse]);

  async function use(version: string): Promise<void> {
    setSwitching({ version, state: 'checking', error: null });
    try {
      await api.useBundle(version);
      setSwitching({ version, state: 'taking', error: null });
    } catch (cause) {
      const error = toError(cause);
      setSwitching({ version, state: null, error });
    }
    onChanged();
  }

  const state = switching?.state ?? null;
  return {
    version: switching?.version ?? null,
    state,
    busy: state === 'checking' || state === 'taking',
    error: switching?.error ?? null,
    use: (version) => void use(version),
  };
}
