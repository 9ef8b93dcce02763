import type { TestProject } from 'vitest/node';
import { startMiniStack } from './ministack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: string;
    outputs: Record<string, string>;
  }
}

/** One deployment for all journeys; each makes clients and services of its own in it. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const { endpoint, outputs, stop } = await startMiniStack();
  provide('endpoint', endpoint);
  provide('outputs', outputs);
  return stop;
};
