/** What is being served. */
import { type Static, Type } from 'typebox';
import { BundleAbout } from '../recommend/bundle-file.ts';
import { named, nullable, strict } from './fields.ts';

export const SignatureSchema = Type.Object(
  {
    status: Type.Enum(['unsigned', 'unchecked', 'verified'], {
      description: 'unchecked: signed, but the server was given no key to verify it with',
    }),
    key: nullable(Type.String(), 'fingerprint of the key: SHA-256 of its DER form, in hex'),
  },
  strict,
);

export type Signature = Static<typeof SignatureSchema>;

export const BundleSchema = Type.Object(
  {
    version: Type.String(),
    ...BundleAbout.properties,
    signature: SignatureSchema,
    userLists: Type.Boolean({
      description: 'false: the lists of the people in the data set are switched off here',
    }),
    genres: Type.Array(Type.String()),
  },
  named('Bundle'),
);
export type BundleFacts = Static<typeof BundleSchema>;
