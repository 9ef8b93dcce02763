import { join } from 'node:path';

/** The host of the public internet that is on this machine. */
export const HOST = 'git.example.com';
/** The file that holds the address of its server, while there is one. */
export const NAMED = join(import.meta.dirname, '..', '..', '.cache', 'test-aws', 'elsewhere');
