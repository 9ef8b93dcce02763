import type { Principal } from '../../domain/directory/access.ts';
import type { Invocation } from '../../domain/id.ts';

/** Who asked, and what was drawn for this invocation. */
export interface Caller {
  principal: Principal;
  invocation: Invocation;
  once?: Once;
}

/** A request that carries an `Idempotency-Key`: its answer is kept in the transaction that does the work. */
export interface Once {
  /** Hash of who asked, which route, and the key. */
  id: string;
  bodyHash: string;
  /** The answer to keep for this outcome; holds no secret. */
  answer(result: unknown): { status: number; body: unknown; headers: Record<string, string> };
}
