/** Where Google Cloud Storage is. Its credentials are found by Google's client, and are no part of a configuration. */
import { Type } from 'typebox';
import { section } from './fields.ts';

/** A setting that is an address in cloud storage, or null. */
export const cloudAddress = () =>
  Type.Union([Type.String({ pattern: '^[gG][sS]://' }), Type.Null()], { default: null });

export const CloudSettings = section({
  /** of another server that speaks its protocol, e.g. one for tests; null = Google's */
  endpoint: Type.Union([Type.String({ pattern: '^https?://[^/\\s]+$' }), Type.Null()], {
    default: null,
  }),
});
