/** The map of titles: what people like together lies together. */
import { type Static, Type } from 'typebox';
import { TITLE_NAMES } from './constants/enums.ts';
import { DEFAULT_WORDING } from './defaults.ts';
import { named, strict } from './fields.ts';

export const MapQuery = Type.Object(
  {
    names: Type.Optional(
      Type.Enum([...TITLE_NAMES], { default: DEFAULT_WORDING.titles, description: 'of titles' }),
    ),
  },
  strict,
);
export type MapQuery = Static<typeof MapQuery>;

const column = (type: string) =>
  Type.String({ description: `${type} of each title, little-endian, base64` });

export const MapSchema = Type.Object(
  {
    map: Type.String(),
    bundle: Type.String(),
    count: Type.Integer(),
    genres: Type.Array(Type.String()),
    animeIds: column('Int32: by how much the id is above the one before; the id itself at first'),
    x: column('Uint16'),
    y: column('Uint16'),
    genre: column('Uint8: place in genres, or their number'),
    year: column('Uint8: since 1900, 0 = unknown'),
    members: column('Uint8: 36 · log10(1 + members), rounded'),
    adult: column('Uint8: 1 = adult'),
    titles: Type.Array(Type.String()),
  },
  named('TitleMap'),
);
export type TitleMap = Static<typeof MapSchema>;
