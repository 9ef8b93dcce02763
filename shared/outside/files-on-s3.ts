import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { after, type Instant, milliseconds } from '../domain/time.ts';
import type { Files } from '../workflow/engine/ports.ts';
import { attachment } from './attachment.ts';

const HOLDS_FOR = 'PT15M';
const SECONDS = milliseconds(HOLDS_FOR) / 1000;
const LONGEST_CALL = milliseconds('PT5S');
const LOOKED_AT = 512;

let client: S3Client | undefined;

/** A checksum that is computed while signing would be of nothing: the bytes come later, from whoever sends them. */
const s3 = async (): Promise<S3Client> => {
  const { S3Client } = await import('@aws-sdk/client-s3');
  client ??= new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  return client;
};

/**
 * Files in a bucket. An upload address is good for one file of exactly that size and type, once: all three are signed
 * with it, so that what was looked at when it arrived cannot be replaced later.
 */
export const filesOnS3 = (bucket: string, now: () => Instant): Files => ({
  uploadAddress: async ({ key, contentType, size }) => {
    const headers = { 'content-type': contentType, 'content-length': String(size), 'if-none-match': '*' };
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    const expiresAt = after(now(), HOLDS_FOR);
    const url = await getSignedUrl(
      await s3(),
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: key, ContentType: contentType, ContentLength: size, IfNoneMatch: '*' },
      }),
      { expiresIn: SECONDS, signableHeaders: new Set(['host', ...Object.keys(headers)]) },
    );
    return { url, headers, expiresAt };
  },

  look: async (key) => {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const get = new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${LOOKED_AT - 1}` });
    try {
      return await seenIn(await (await s3()).send(get, { abortSignal: AbortSignal.timeout(LONGEST_CALL) }));
    } catch (error) {
      const { name } = error as Error;
      if (name === 'NoSuchKey') return undefined;
      // A file with nothing in it has no first byte.
      if (name === 'InvalidRange') return { size: 0, contentType: '', begins: new Uint8Array() };
      throw error;
    }
  },

  downloadAddress: async ({ key, name }) => {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    const expiresAt = after(now(), HOLDS_FOR);
    const get = new GetObjectCommand({
      ...{ Bucket: bucket, Key: key, ResponseContentDisposition: attachment(name) },
    });
    return { url: await getSignedUrl(await s3(), get, { expiresIn: SECONDS }), expiresAt };
  },
});

/** The size of the whole is what comes after the slash: `bytes 0-511/2048`. */
const seenIn = async ({ Body, ContentRange, ContentLength, ContentType = '' }: GetObjectCommandOutput) => {
  const whole = /\/(\d+)$/.exec(ContentRange ?? '')?.[1];
  const begins = (await Body?.transformToByteArray()) ?? new Uint8Array();
  return { size: Number(whole ?? ContentLength ?? 0), contentType: ContentType, begins };
};
