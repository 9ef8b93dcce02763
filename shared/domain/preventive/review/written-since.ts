import { oneLine } from '../../one-line.ts';
import type { Actor } from '../../outbox/actor.ts';
import { Refused } from '../../refused.ts';
import { dateAndTime, type Instant } from '../../time.ts';

/** A part of a review that several people may write. */
interface Part {
  version: number;
  writtenBy: Actor;
  updatedAt: Instant;
  prefilled?: boolean | undefined;
}

/** Who is about to write over a part, and the version of it that they have seen. */
export interface Writer {
  actor: Actor;
  ifMatch: number | undefined;
}

const isSame = (one: Actor, other: Actor): boolean => one.kind === other.kind && one.id === other.id;

/** How people are called where others read of them. */
const nameOf = ({ name, id }: Actor): string => oneLine(name ?? id);

/**
 * Nobody writes over what they have not read: without the version that they saw, only over what was filled in by itself
 * or is their own.
 * @throws Refused `stale`, which says who wrote it and what to do.
 */
export const requireRead = (part: Part, { actor, ifMatch }: Writer): void => {
  const isTheirs = part.prefilled || isSame(part.writtenBy, actor);
  if (ifMatch === undefined ? isTheirs : ifMatch === part.version) return;
  const { writtenBy, updatedAt, version } = part;
  throw new Refused(
    'stale',
    `Changed by ${nameOf(writtenBy)} at ${dateAndTime(updatedAt)}. Read it again, then send If-Match: "${version}".`,
  );
};
