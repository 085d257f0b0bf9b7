import { describe, expect, it } from 'vitest';
import {
  isCloudAddress,
  objectName,
  parseCloudAddress,
  showAddress,
} from '../../../src/cloud/address.ts';
import { UsageError } from '../../../src/error.ts';

describe('parseCloudAddress()', () => {
  it.each([
    ['gs://my-bucket', 'my-bucket', ''],
    ['gs://my-bucket/', 'my-bucket', ''],
    ['GS://my.bucket_1/a/b c', 'my.bucket_1', 'a/b c'],
    ['gs://my-bucket/ratings/2020//', 'my-bucket', 'ratings/2020'],
  ])('reads %s', (text, bucket, prefix) => {
    expect(isCloudAddress(text)).toBe(true);
    expect(parseCloudAddress(text)).toEqual({ bucket, prefix });
  });

  it.each([
    ...[
      'gs://',
      'gs:///a',
      'gs://ab',
      'gs://My-Bucket',
      'gs://-bucket',
      'bucket/a',
      's3://bucket/a',
    ],
    ...['gs://bucket/../a', 'gs://bucket/a//b', 'gs://bucket/./a', 'gs://bucket/*.csv'],
    ...['gs://bucket/a\nb', 'gs://user:key@bucket/a'],
  ])('refuses %j with an example of a valid one', (text) => {
    expect(() => parseCloudAddress(text)).toThrow(UsageError);
    expect(() => parseCloudAddress(text)).toThrow(/gs:\/\/my-bucket/);
  });
});

describe('objectName() and showAddress()', () => {
  it('join the prefix and what is below it', () => {
    const address = parseCloudAddress('gs://bucket/a/b/');
    expect(objectName(address, 'c', 'd.csv')).toBe('a/b/c/d.csv');
    expect(showAddress(address, 'c')).toBe('gs://bucket/a/b/c');
    const root = parseCloudAddress('gs://bucket');
    expect(objectName(root, 'd.csv')).toBe('d.csv');
    expect(showAddress(root)).toBe('gs://bucket');
  });
});
