import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { TestProject } from 'vitest/node';
import { asRoot, startMiniStack } from './ministack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: string;
    outputs: Record<string, string>;
  }
}

/** One deployment for all journeys; each makes clients and services of its own in it. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const { endpoint, outputs, stop } = await startMiniStack();
  await verifyDomain(endpoint);
  provide('endpoint', endpoint);
  provide('outputs', outputs);
  return stop;
};

/** The one thing that a user has to do by hand, and the emulator insists on it too. */
const verifyDomain = async (endpoint: string): Promise<void> => {
  await new SESv2Client({ ...asRoot, endpoint }).send(
    new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }),
  );
};
