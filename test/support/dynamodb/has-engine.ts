import { createRequire } from 'node:module';

/** It comes from npm for Linux x64 only, and as an optional package. */
export const hasEngine = (): boolean => {
  try {
    createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return true;
  } catch {
    return false;
  }
};
