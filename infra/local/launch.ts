/** `npm start` begins here: what was compiled is kept for the next start, and Firebreak ends together with npm. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/firebreak');
const LOOK_MS = 200;

/** npm passes SIGTERM to the shell that it runs scripts in, and most shells end without passing it on. */
const endWithParent = (): void => {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  look.unref();
};

enableCompileCache(CACHE);
if (process.env.npm_lifecycle_event === 'start') endWithParent();
await import('./start.ts');
