import type { Problem } from '../../refused.ts';
import type { EvidenceType } from './evidence.ts';

const MEGABYTE = 1024 * 1024;

interface Format {
  /** How its files' names end. */
  endings: readonly string[];
  /** Whether a file that begins with these bytes can be one. `isAll`: there is no more of it. */
  begins(bytes: Uint8Array, isAll: boolean): boolean;
}

/** Begins with these bytes; where one is undefined, any may be. */
const signature =
  (...wanted: (number | undefined)[]): Format['begins'] =>
  (bytes) =>
    wanted.every((byte, place) => byte === undefined || bytes[place] === byte);

const any =
  (...begins: Format['begins'][]): Format['begins'] =>
  (bytes, isAll) =>
    begins.some((each) => each(bytes, isAll));

/** UTF-8 without NUL. A character may be cut at the end of what is looked at, but not at the end of the file. */
const text: Format['begins'] = (bytes, isAll) => {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isAll });
    return true;
  } catch {
    return false;
  }
};

/** What files may be, by their media type, with how each begins. */
const FORMATS: Record<string, Format> = {
  'image/png': { endings: ['png'], begins: signature(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  'image/jpeg': { endings: ['jpg', 'jpeg'], begins: signature(0xff, 0xd8, 0xff) },
  'image/webp': {
    endings: ['webp'],
    begins: signature(
      ...[0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined],
      ...[0x57, 0x45, 0x42, 0x50],
    ),
  },
  'application/pdf': { endings: ['pdf'], begins: signature(0x25, 0x50, 0x44, 0x46, 0x2d) },
  'text/plain': { endings: ['txt', 'log'], begins: text },
  'text/csv': { endings: ['csv'], begins: text },
  'text/markdown': { endings: ['md'], begins: text },
  'application/json': { endings: ['json'], begins: text },
  // The second is an archive with nothing in it.
  'application/zip': {
    endings: ['zip'],
    begins: any(signature(0x50, 0x4b, 0x03, 0x04), signature(0x50, 0x4b, 0x05, 0x06)),
  },
  'application/gzip': { endings: ['gz', 'tgz'], begins: signature(0x1f, 0x8b, 0x08) },
};

interface Allowed {
  contentTypes: readonly string[];
  /** Bytes. */
  largest: number;
}

/** What each type of evidence takes: a metric is shown by a picture. */
export const ALLOWED: Record<Extract<EvidenceType, 'metric' | 'file'>, Allowed> = {
  metric: { contentTypes: ['image/png', 'image/jpeg', 'image/webp'], largest: 5 * MEGABYTE },
  file: { contentTypes: Object.keys(FORMATS), largest: 25 * MEGABYTE },
};

/** A file as whoever brings it describes it. `size` in bytes. */
export interface Described {
  name: string;
  contentType: string;
  size: number;
}

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** What is wrong with a file for this type of evidence, each with what is allowed. */
export const problemsOfFile = (
  type: keyof typeof ALLOWED,
  { name, contentType, size }: Described,
): Problem[] => {
  const { contentTypes, largest } = ALLOWED[type];
  const format = contentTypes.includes(contentType) ? FORMATS[contentType] : undefined;
  const ends = format?.endings.includes(endingOf(name));
  return [
    ...(format
      ? []
      : [{ path: 'body.file.contentType', message: `must be one of ${contentTypes.join(', ')}` }]),
    ...(format && !ends
      ? [
          {
            path: 'body.file.name',
            message: `must end in .${format.endings.join(' or .')}, as a ${contentType} does`,
          },
        ]
      : []),
    ...(size > largest
      ? [{ path: 'body.file.size', message: `must be at most ${largest / MEGABYTE} MB (${largest} bytes)` }]
      : []),
  ];
};

/** Where a file is kept, under a name that is ours: nothing of what somebody called it is in there. */
export const keyOfFile = (
  { clientId, reviewId, evidenceId }: Record<'clientId' | 'reviewId' | 'evidenceId', string>,
  { name }: Pick<Described, 'name'>,
): string => `clients/${clientId}/reviews/${reviewId}/${evidenceId}/file.${endingOf(name)}`;

/** What lies where a file was to arrive: its size in bytes, and how it begins. */
export interface Seen {
  size: number;
  contentType: string;
  begins: Uint8Array;
}

/** Why what arrived is not what was described; undefined when it is. */
export const mismatchOf = (described: Described, seen: Seen): string | undefined => {
  const { contentType, size } = described;
  if (seen.size !== size) return `it has ${seen.size} bytes instead of ${size}`;
  if (seen.contentType !== contentType) return `its type is ${seen.contentType} instead of ${contentType}`;
  const isAll = seen.size <= seen.begins.length;
  if (!FORMATS[contentType]?.begins(seen.begins, isAll)) return `its contents are not ${contentType}`;
  return undefined;
};
