/** Who knows where a title's poster is. */
import type { Upstream } from './upstream.ts';

export interface AddressSource {
  readonly name: string;
  readonly upstream: Upstream;
  /** titles that one request can ask for */
  readonly batch: number;
  /**
   * One request.
   * @returns addresses of those that have a poster
   * @throws UpstreamError
   */
  find(animeIds: readonly number[], signal: AbortSignal): Promise<Map<number, string>>;
}

/** What stands at an address in place of a poster that does not exist. */
const STAND_IN = /apple-touch-icon|\/qm_50|questionmark|\/default\.(jpe?g|png|webp)/i;

/** The first that is an address of a real picture. */
export function firstAddress(candidates: readonly unknown[]): string | null {
  const found = candidates.find(
    (value) => typeof value === 'string' && URL.canParse(value) && !STAND_IN.test(value),
  );
  return typeof found === 'string' ? found : null;
}
