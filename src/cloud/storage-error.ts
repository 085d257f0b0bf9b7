/** Why a request to cloud storage failed, and what a person can do about it. No message contains what it answered. */
import { OsusumeError } from '../error.ts';
import { HttpError, statusError } from '../net/http-error.ts';

/** As it is called in messages. */
export const SERVER = 'Cloud Storage';

/** The code of an HttpError when there is nothing to sign in with. */
const NO_CREDENTIALS = 'no-credentials';

/** Messages of the client when it finds no credentials, no key file where one should be, or an invalid one. */
const NOTHING_TO_SIGN_IN_WITH =
  /default credentials|GOOGLE_APPLICATION_CREDENTIALS|invalid_grant|^The file at .* does not exist/i;

/** What the client throws → HttpError; errors of the disk and defects stay what they are. */
export function storageError(thrown: unknown): unknown {
  if (thrown instanceof OsusumeError || typeof thrown !== 'object' || thrown === null)
    return thrown;
  // Uploads throw the error of the answer as it was: a plain object.
  const { name = '', message = '', code, status, path, syscall } = thrown as Thrown;
  if (NOTHING_TO_SIGN_IN_WITH.test(message))
    return new HttpError('refused', `there are no credentials for ${SERVER} that work`, {
      status: 401,
      code: NO_CREDENTIALS,
    });
  if (path !== undefined && syscall !== undefined) return thrown;
  const answered = [code, status].map(Number).find((number) => number >= 400 && number < 600);
  if (answered !== undefined)
    return statusError(SERVER, { status: answered, headers: headersOf(thrown) }, Date.now());
  if (thrown instanceof TypeError || thrown instanceof ReferenceError) return thrown;
  const reason = typeof code === 'string' ? code : name;
  return new HttpError('unreachable', `${SERVER} cannot be reached, or broke off (${reason})`);
}

interface Thrown extends Partial<NodeJS.ErrnoException> {
  readonly status?: unknown;
}

/** What somebody may do in a bucket, and the role that allows it. */
export const ROLES = {
  read: 'roles/storage.objectViewer',
  write: 'roles/storage.objectUser',
} as const;

/**
 * Runs `work` and explains its failure.
 * @param doing e.g. "Fetching gs://bucket/animelist.csv"
 * @throws OsusumeError instead of HttpError
 */
export async function explained<T>(
  doing: string,
  role: keyof typeof ROLES,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explanation(doing, role, error);
  }
}

/** OsusumeError instead of HttpError; other errors stay what they are. */
export function explanation(doing: string, role: keyof typeof ROLES, error: unknown): unknown {
  const found = storageError(error);
  return found instanceof HttpError
    ? new OsusumeError(`${doing} failed: ${remedy(found, ROLES[role])}`)
    : found;
}

function remedy({ status, message, code, isTemporary }: HttpError, role: string): string {
  if (code === NO_CREDENTIALS)
    return `${message}. Run "gcloud auth application-default login", set GOOGLE_APPLICATION_CREDENTIALS to a key file, or give the machine a service account`;
  if (isTemporary)
    return `${message}. Check the connection and run the command again; what has been transferred is kept`;
  if (status === 401)
    return `${message}: the credentials are not accepted. Sign in again ("gcloud auth application-default login"), or give the account ${role}`;
  if (status === 403)
    return `${message}: the account may not do that. Give it ${role} on the bucket (docs/cloud-storage.md)`;
  if (status === 404) return `${message}: there is no such bucket or object. Check the address`;
  if (status === 412)
    return `${message}: somebody else has written the object meanwhile. Look at what is there and run the command again`;
  return `${message}. Check the address`;
}

function headersOf(thrown: object): Headers {
  const { response } = thrown as { response?: { headers?: unknown } };
  const found = response?.headers;
  if (found instanceof Headers) return found;
  const wait = (found as Record<string, unknown> | undefined)?.['retry-after'];
  return new Headers(typeof wait === 'string' ? { 'retry-after': wait } : {});
}
