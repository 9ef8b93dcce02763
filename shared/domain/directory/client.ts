import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';

/** Who we run systems for. */
export const Client = z.looseObject({ ...aggregate('client'), name: Name });
export type Client = z.infer<typeof Client>;

export const ClientBody = z.strictObject({ name: Name });
export type ClientBody = z.infer<typeof ClientBody>;
