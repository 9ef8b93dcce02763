import * as z from 'zod';
import { Refused } from '../../shared/domain/refused.ts';
import { bodyOf, type HttpEvent, type HttpReply, headerOf } from '../../shared/edge/http-event.ts';
import { problemOf } from '../../shared/edge/problem.ts';
import { attachment } from '../../shared/outside/attachment.ts';
import type { Errand, LocalFiles } from './files.ts';

const PATH = '/local/files/';

/** Whether a path is of a file that is sent or fetched with a signed address. */
export const isOfFile = (path: string): boolean => path.startsWith(PATH);

const Signed = z.discriminatedUnion('method', [
  z.strictObject({
    ...{ method: z.literal('PUT'), key: z.string(), expires: z.string(), signature: z.string() },
    ...{ type: z.string(), size: z.string() },
  }),
  z.strictObject({
    ...{ method: z.literal('GET'), key: z.string(), expires: z.string(), signature: z.string() },
    name: z.string(),
  }),
]);

/** What S3 answers on AWS: takes and gives files by the addresses that were signed for them, and by no other. */
export const fileRoutes =
  (files: LocalFiles) =>
  async (event: HttpEvent): Promise<HttpReply> => {
    try {
      const errand = await admitted(files, event);
      return errand.method === 'PUT' ? await take(files, errand, event) : await give(files, errand);
    } catch (error) {
      return problemOf(error);
    }
  };

const admitted = async (files: LocalFiles, event: HttpEvent): Promise<Errand> => {
  const query = Object.fromEntries(new URLSearchParams(event.rawQueryString));
  const { method } = event.requestContext.http;
  const parsed = Signed.safeParse({ ...query, method, key: event.rawPath.slice(PATH.length) });
  if (parsed.success) {
    const { signature, ...errand } = parsed.data;
    if (await files.holds(errand, signature)) return errand;
  }
  throw new Refused('forbidden', 'This address is invalid or has expired. Request a new one.');
};

type Sending = Extract<Errand, { method: 'PUT' }>;

const take = async (
  files: LocalFiles,
  { key, type, size }: Sending,
  event: HttpEvent,
): Promise<HttpReply> => {
  if (headerOf(event, 'content-type') !== type || headerOf(event, 'if-none-match') !== '*')
    throw new Refused(
      'forbidden',
      `Send the file with Content-Type: ${type} and If-None-Match: *, as it was signed.`,
    );
  const bytes = Buffer.from(bodyOf(event) ?? '');
  if (bytes.length !== Number(size))
    throw new Refused('invalid', `The file has ${bytes.length} bytes. This address accepts ${size}.`);
  if ((await files.keep({ key, contentType: type }, bytes)) === 'there')
    throw new Refused('stale', 'This file has already been uploaded and cannot be replaced.');
  return { statusCode: 200, headers: {}, body: '' };
};

const give = async (files: LocalFiles, errand: Extract<Errand, { method: 'GET' }>): Promise<HttpReply> => {
  const file = await files.read(errand.key);
  if (!file) throw new Refused('not-found', 'File not found.');
  const headers = {
    'content-type': file.contentType,
    'content-disposition': attachment(errand.name),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  return { statusCode: 200, headers, body: file.bytes.toString('base64'), isBase64Encoded: true };
};
