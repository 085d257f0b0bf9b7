/** The kinds of fields that options are made of, each with its default. */
import { type TProperties, Type } from 'typebox';

export const share = (value: number) => Type.Number({ minimum: 0, maximum: 1, default: value });
export const count = (value: number, minimum = 0) => Type.Integer({ minimum, default: value });
export const amount = (value: number) => Type.Number({ minimum: 0, default: value });

/** Options that belong together; one that is not named here is refused. */
export const section = <Fields extends TProperties>(fields: Fields) =>
  Type.Object(fields, { additionalProperties: false, default: {} });
