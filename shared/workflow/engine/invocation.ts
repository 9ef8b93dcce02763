import type { Invocation } from '../../domain/id.ts';
import type { Ports } from './ports.ts';

/** The time and one fresh id: once per invocation, or per thing that a batch does. */
export const newInvocation = (ports: Ports): Invocation => ({ now: ports.clock.now(), id: ports.newId() });
