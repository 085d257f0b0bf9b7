/** The kinds of failure that people meet, and what they are shown. */

/**
 * Something outside the program is wrong (a file, a row, a server). The message says what was being done, with which
 * value, and what to do.
 */
export class OsusumeError extends Error {
  override readonly name: string = 'OsusumeError';
  /** exit code of a command that ends with this error */
  readonly exitCode: number = 1;
}

/** The command or its options were used wrongly. */
export class UsageError extends OsusumeError {
  override readonly name = 'UsageError';
  override readonly exitCode = 2;
}

/** A stored artefact is missing, truncated, altered, or of a future version. */
export class ArtefactError extends OsusumeError {
  override readonly name: string = 'ArtefactError';
}

/** A file was sound when it was opened, and is damaged where it is read now. */
export class DamagedFileError extends ArtefactError {
  override readonly name = 'DamagedFileError';
}

/** An artefact has no signature where only signed ones are accepted. */
export class UnsignedError extends ArtefactError {
  override readonly name = 'UnsignedError';
}

/** The signature of an artefact is not by a trusted key: somebody else made or changed it. */
export class TamperedError extends ArtefactError {
  override readonly name = 'TamperedError';
}

/** The quality gate refused a new bundle. */
export class WorseBundleError extends OsusumeError {
  override readonly name = 'WorseBundleError';
  override readonly exitCode = 3;
}

/** Somebody pressed Ctrl-C, or the process was asked to stop. */
export class InterruptedError extends OsusumeError {
  override readonly name = 'InterruptedError';
  override readonly exitCode = 130;
}

/** A title, user or run that is asked for does not exist. */
export class NotFoundError extends OsusumeError {
  override readonly name = 'NotFoundError';
}

/**
 * What a person is shown: a few lines without stack or secrets. The stack of an unexpected error is shown only with
 * OSUSUME_DEBUG.
 */
export function describeError(error: unknown, debug = false): string {
  if (debug && error instanceof Error && error.stack) return error.stack;
  if (error instanceof OsusumeError) return error.message;
  if (error instanceof Error) {
    const remedy = systemRemedy((error as NodeJS.ErrnoException).code);
    return remedy
      ? `${error.message}. ${remedy}`
      : `Unexpected: ${error.message}. Set OSUSUME_DEBUG=1 to see where.`;
  }
  return String(error);
}

/** The exit code of a command that fails with `error`. */
export function exitCodeOf(error: unknown): number {
  return error instanceof OsusumeError ? error.exitCode : 1;
}

function systemRemedy(code: string | undefined): string | null {
  switch (code) {
    case 'ENOSPC':
      return 'The disk is full: free some space or choose another --home, then run the command again';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'Permission was denied: check who owns the folder, or choose another --home';
    case 'EADDRINUSE':
      return 'That port is taken: choose another with --port';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'There is no such file or folder: check the path';
    case 'EISDIR':
      return 'That is a folder: give the path of a file';
    case 'EMFILE':
      return 'Too many open files: raise the limit (ulimit -n) and run the command again';
    default:
      return null;
  }
}

/** A file whose content cannot be used. */
export class UnusableFileError extends OsusumeError {
  override readonly name = 'UnusableFileError';
}
