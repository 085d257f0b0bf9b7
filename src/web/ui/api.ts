/** The page's client, for the server that it was loaded from. */
import { OsusumeClient } from '../../api/client.ts';

let client: OsusumeClient | undefined;

/** Created at the first request, because the build renders the first view without an address. */
export function api(): OsusumeClient {
  client ??= new OsusumeClient(location.origin);
  return client;
}
