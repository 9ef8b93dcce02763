import type { Ports } from '../workflow/engine/ports.ts';

let wired: Promise<Ports> | undefined;

/** Wires this process: one machine and tests give their own ports before anything is invoked. */
export const usePorts = (given: Ports): void => {
  wired = Promise.resolve(given);
};

/** The ports of this process; those of AWS, made when they are first needed, unless others were given. */
export const ports = (): Promise<Ports> => {
  wired ??= onAws();
  return wired;
};

/** A failed wiring is not kept: the next invocation tries again. */
const onAws = async (): Promise<Ports> => {
  try {
    const { portsOnAws } = await import('./ports-on-aws.ts');
    return await portsOnAws(process.env);
  } catch (error) {
    wired = undefined;
    throw error;
  }
};
