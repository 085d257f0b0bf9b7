/** Whether the process lives, and whether it can answer. */
import { Type } from 'typebox';
import { named } from './fields.ts';

export const AliveSchema = Type.Object({ status: Type.Literal('ok') }, named('Alive'));
export const ReadySchema = Type.Object(
  {
    status: Type.Literal('ready'),
    bundle: Type.String({ description: 'version in use' }),
    fallback: Type.Boolean({
      description: 'an older bundle is in use, because the current one cannot be',
    }),
    detail: Type.Optional(Type.String({ description: 'what is not as it should be' })),
  },
  named('Ready'),
);
