import { OsusumeError } from '../../error.ts';

/** Why a list cannot be read. */
export type ImportFault =
  | 'unreadable'
  | 'too-large'
  | 'no-such-user'
  | 'private'
  | 'not-set-up'
  | 'upstream'
  | 'too-slow'
  /** out of order: nobody waits for it */
  | 'away'
  /** too many look-ups, of this visitor or of all */
  | 'over-budget'
  | 'busy';

/** A list cannot be imported; the message says why and what to do. */
export class ImportError extends OsusumeError {
  override readonly name = 'ImportError';
  constructor(
    readonly fault: ImportFault,
    message: string,
    /** seconds after which it may work */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}
