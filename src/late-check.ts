/** Checks that are compiled when they are first used: a server has dozens, and compiling one takes milliseconds. */
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export class LateCheck<Schema extends TSchema> {
  #compiled: ReturnType<typeof Compile<Schema>> | undefined;

  constructor(private readonly schema: Schema) {}

  Check(value: unknown): value is Static<Schema> {
    return this.#validator.Check(value);
  }

  Errors(value: unknown) {
    return this.#validator.Errors(value);
  }

  get #validator() {
    this.#compiled ??= Compile(this.schema);
    return this.#compiled;
  }
}
