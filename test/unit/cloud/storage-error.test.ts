import { describe, expect, it } from 'vitest';
import { explained, storageError } from '../../../src/cloud/storage-error.ts';
import { OsusumeError } from '../../../src/error.ts';
import { HttpError } from '../../../src/net/http-error.ts';

const failing = (fields: object, message = 'SECRET') => Object.assign(new Error(message), fields);

describe('storageError()', () => {
  it.each([
    [{ code: 404 }, 'absent', 404],
    [{ code: '403' }, 'refused', 403],
    [{ status: 412 }, 'refused', 412],
    [{ code: 429 }, 'busy', 429],
    [{ code: 503 }, 'failing', 503],
    [{ code: 'ECONNRESET' }, 'unreachable', 0],
    [{ name: 'FetchError' }, 'unreachable', 0],
  ])('tells from %j that it is %s', (fields, failure, status) => {
    const error = storageError(failing(fields)) as HttpError;
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ failure, status });
    expect(error.message).not.toContain('SECRET');
  });

  it('reads what is no Error', () => {
    const error = storageError({ code: 410, message: 'SECRET' }) as HttpError;
    expect(error).toMatchObject({ failure: 'absent', status: 410 });
    expect(error.message).toBe('Cloud Storage answered 410');
  });

  it('takes how long the store asks to wait', () => {
    const error = failing({ code: 429, response: { headers: { 'retry-after': '7' } } });
    expect((storageError(error) as HttpError).retryAfterMs).toBe(7000);
  });

  it('leaves errors of the disk, defects and our own as they are', () => {
    const disk = failing({ code: 'ENOSPC', syscall: 'write', path: '/home' });
    for (const error of [disk, new TypeError('x is not a function'), new OsusumeError('ours'), 7])
      expect(storageError(error)).toBe(error);
  });
});

describe('explained()', () => {
  const message = (error: Error) =>
    explained('Doing it', 'write', () => Promise.reject(error)).then(
      () => '',
      (found: Error) => found.message,
    );

  it('says what a person can do', async () => {
    expect(await message(failing({}, 'Could not load the default credentials. SECRET'))).toBe(
      'Doing it failed: there are no credentials for Cloud Storage that work. Run "gcloud auth application-default login", set GOOGLE_APPLICATION_CREDENTIALS to a key file, or give the machine a service account',
    );
    const lost = { code: 'ENOENT', syscall: 'lstat', path: '/SECRET.json' };
    const words = 'The file at /SECRET.json does not exist, or it is not a file. ENOENT';
    expect(await message(failing(lost, words))).toMatch(/no credentials.*GOOGLE_APPLICATION_CRED/);
    expect(await message(failing({ code: 403 }))).toContain('roles/storage.objectUser');
    expect(await message(failing({ code: 404 }))).toContain('Check the address');
    expect(await message(failing({ code: 'ETIMEDOUT' }))).toMatch(/\(ETIMEDOUT\)\. Check the conn/);
  });

  it('does not touch what is no failure of the store', async () => {
    const error = new OsusumeError('ours');
    await expect(explained('Doing it', 'read', () => Promise.reject(error))).rejects.toBe(error);
    expect(await explained('Doing it', 'read', async () => 7)).toBe(7);
  });
});
