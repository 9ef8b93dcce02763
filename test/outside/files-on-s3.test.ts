import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { filesOnS3 } from '../../shared/outside/files-on-s3.ts';

const NOW = '2026-01-05T03:12:00.000Z';
const KEY = 'clients/cli_1/reviews/rev_1/evd_1/file.png';
const files = filesOnS3('the-bucket', () => NOW);
const s3 = mockClient(S3Client);

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'an-access-key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-of-this-test');
});
afterEach(() => {
  s3.reset();
  vi.unstubAllEnvs();
});

describe('an upload address', () => {
  test('is good for one file of this very size and type, for 15 minutes', async () => {
    const { url, headers, expiresAt } = await files.uploadAddress({
      ...{ key: KEY, contentType: 'image/png', size: 1234 },
    });
    const { host, pathname, searchParams } = new URL(url);
    expect([host, pathname]).toEqual(['the-bucket.s3.eu-west-1.amazonaws.com', `/${KEY}`]);
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;if-none-match');
    expect(searchParams.get('X-Amz-Expires')).toBe('900');
    expect(expiresAt).toBe('2026-01-05T03:27:00.000Z');
    expect(headers).toEqual({
      ...{ 'content-type': 'image/png', 'content-length': '1234', 'if-none-match': '*' },
    });
  });

  test('holds no checksum: of the bytes to come nobody knows one', async () => {
    const { url } = await files.uploadAddress({ key: KEY, contentType: 'image/png', size: 1234 });
    expect(url).not.toMatch(/checksum|crc32/i);
  });

  test('of another size or type is signed otherwise', async () => {
    const signature = async (contentType: string, size: number) =>
      new URL((await files.uploadAddress({ key: KEY, contentType, size })).url).searchParams.get(
        'X-Amz-Signature',
      );
    const signatures = [
      await signature('image/png', 1234),
      await signature('image/png', 1235),
      await signature('image/jpeg', 1234),
    ];
    expect(new Set(signatures).size).toBe(3);
  });
});

test('a download is a file to save, under its own name', async () => {
  const { url, expiresAt } = await files.downloadAddress({ key: KEY, name: 'Grüße "x".png' });
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe(`/${KEY}`);
  expect(searchParams.get('response-content-disposition')).toBe(
    `attachment; filename="Gr__e _x_.png"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%22x%22.png`,
  );
  expect(searchParams.get('X-Amz-Expires')).toBe('900');
  expect(expiresAt).toBe('2026-01-05T03:27:00.000Z');
});

describe('a look', () => {
  const body = (text: string) => ({ transformToByteArray: async () => new Uint8Array(Buffer.from(text)) });
  const fault = (name: string) => {
    const error = new S3ServiceException({ name, $fault: 'client', $metadata: {} });
    return error;
  };

  test('takes the first 512 bytes, and the size of the whole', async () => {
    s3.on(GetObjectCommand).resolves({
      ...{ Body: body('hello') as never, ContentType: 'text/plain', ContentRange: 'bytes 0-511/2048' },
    });
    expect(await files.look(KEY)).toEqual({
      ...{ size: 2048, contentType: 'text/plain', begins: new Uint8Array(Buffer.from('hello')) },
    });
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
      ...{ Bucket: 'the-bucket', Key: KEY, Range: 'bytes=0-511' },
    });
  });

  test('sees nothing where nothing is', async () => {
    s3.on(GetObjectCommand).rejects(fault('NoSuchKey'));
    expect(await files.look(KEY)).toBeUndefined();
  });

  test('sees a file with nothing in it', async () => {
    s3.on(GetObjectCommand).rejects(fault('InvalidRange'));
    expect(await files.look(KEY)).toMatchObject({ size: 0 });
  });

  test('that is denied is our own fault', async () => {
    s3.on(GetObjectCommand).rejects(fault('AccessDenied'));
    await expect(files.look(KEY)).rejects.toThrow();
  });
});
