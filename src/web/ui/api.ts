/** The page's client of the server that it came from. */
import { OsusumeClient } from '../../api/client.ts';

let client: OsusumeClient | undefined;

/** Made at the first request: the first view is rendered by the build, where there is no address. */
export function api(): OsusumeClient {
  client ??= new OsusumeClient(location.origin);
  return client;
}
