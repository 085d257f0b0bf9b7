/** Whether the process lives, and whether it can answer. */
import { Type } from 'typebox';
import { named } from './fields.ts';

export const AliveSchema = Type.Object({ status: Type.Literal('ok') }, named('Alive'));
export const ReadySchema = Type.Object(
  { status: Type.Literal('ready'), bundle: Type.String() },
  named('Ready'),
);
