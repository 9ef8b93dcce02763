import type { Draw } from '../domain/id.ts';
import type { Ports } from './ports.ts';

/** The time and one fresh id: once per invocation, or per thing that a batch does. */
export const drawNow = (ports: Ports): Draw => ({ now: ports.clock.now(), id: ports.drawId() });
