import type { Ports } from '../../shared/workflow/ports.ts';

const unexpected = async (): Promise<never> => {
  throw new Error('Nothing outside was to be touched.');
};

/** No files, no vault, nobody to call: for tests in which none of them is to be touched. */
export const nothingOutside: Pick<Ports, 'callOut' | 'files' | 'vault'> = {
  callOut: unexpected,
  files: { uploadAddress: unexpected, look: unexpected, downloadAddress: unexpected },
  vault: { keep: unexpected, kept: unexpected, forget: unexpected },
};
