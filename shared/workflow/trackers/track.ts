import type { Effect } from '../../domain/corrective/timer.ts';
import { decideAgain } from '../commit.ts';
import { type Doing, done } from '../perform-effect.ts';
import type { Ports } from '../ports.ts';

export const track = (ports: Ports, effect: Effect, _what: Doing<'track'>): Promise<string> =>
  decideAgain(ports, async () => ({ writes: [done(effect)], result: 'nothing-yet' }));
