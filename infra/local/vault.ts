import type { Vault } from '../../shared/workflow/ports.ts';

const never = async (): Promise<never> => {
  throw new Error('not built yet');
};

export const vaultHere: Vault = { keep: never, kept: never, forget: never };
