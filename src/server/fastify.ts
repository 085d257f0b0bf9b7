/** The web framework as this server uses it: schemas in TypeBox, errors as problems. */
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { problemFromSchema, type SchemaError } from './problem.ts';

/** A list of every title there is fits into a request. */
export const BODY_LIMIT = 4 << 20;

export function newServer() {
  return Fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    // Looking for "__proto__" in a long list takes as long as parsing it. The schemas refuse unknown names instead.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    schemaErrorFormatter: (errors, part) =>
      problemFromSchema(errors as readonly SchemaError[], part),
  })
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(TypeBoxValidatorCompiler);
}

export type App = ReturnType<typeof newServer>;
