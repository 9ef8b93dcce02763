import type { Effect } from '../../domain/outbox/timer.ts';
import type { Write } from './store-port.ts';

/** What an effect of one kind says. */
export type Doing<D extends Effect['perform']['type']> = Extract<Effect['perform'], { type: D }>;

/** That the effect is done; once. */
export const done = ({ subjectId, id }: Effect): Write => ({ remove: { kind: 'effect', subjectId, id } });
