import * as z from 'zod';

/** Any JSON object; what it makes of the whole is checked as a whole. */
export const MergePatch = z
  .record(z.string(), z.unknown())
  .describe('A merge patch (RFC 7396): fields left out stay unchanged, `null` removes a field.');
