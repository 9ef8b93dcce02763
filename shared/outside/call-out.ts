import type { Ports } from '../workflow/ports.ts';

export const callOut: Ports['callOut'] = async () => {
  throw new Error('not built yet');
};
