/** A service that knows the addresses of posters. */
import type { Upstream } from './upstream.ts';

export interface AddressSource {
  readonly name: string;
  readonly upstream: Upstream;
  /** most titles in one request */
  readonly batch: number;
  /**
   * Sends one request.
   * @returns the addresses, by animeId, of the titles that have a poster
   * @throws HttpError
   */
  find(animeIds: readonly number[], signal: AbortSignal): Promise<Map<number, string>>;
}

/** Pictures that are shown for titles without a poster. */
const PLACEHOLDER = /apple-touch-icon|\/qm_50|questionmark|\/default\.(jpe?g|png|webp)/i;

/** The first candidate that is the address of a real picture. */
export function firstAddress(candidates: readonly unknown[]): string | null {
  const found = candidates.find(
    (value) => typeof value === 'string' && URL.canParse(value) && !PLACEHOLDER.test(value),
  );
  return typeof found === 'string' ? found : null;
}
