/** What is being served. */
import { type Static, Type } from 'typebox';
import { BundleAbout } from '../recommend/bundle-file.ts';
import { named } from './fields.ts';

export const BundleSchema = Type.Object(
  { version: Type.String(), ...BundleAbout.properties, genres: Type.Array(Type.String()) },
  named('Bundle'),
);
export type BundleFacts = Static<typeof BundleSchema>;
