import { beforeEach, describe, expect, it } from 'vitest';
import { credentialOf, forgetCredential, hashKey } from '../../shared/workflow/engine/credential.ts';
import { READER_KEY, worldForEdge } from '../edge/world.ts';

let world = worldForEdge();
beforeEach(() => {
  world = worldForEdge();
});
const found = async (key = READER_KEY): Promise<boolean> =>
  (await credentialOf(world.ports, key)) !== undefined;

describe('what a key opens', () => {
  it('is found by the SHA-256 of the key', () => {
    expect(hashKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is read once a minute', async () => {
    await found();
    world.pass(59_999);
    await found();
    expect(world.reads).toEqual(['credential']);
    world.pass(1);
    expect(await found()).toBe(true);
    expect(world.reads).toHaveLength(2);
  });

  it('is gone a minute after its revocation at the latest', async () => {
    await found();
    world.revoke(READER_KEY);
    expect(await found()).toBe(true);
    world.pass(60_000);
    expect(await found()).toBe(false);
  });

  it('is gone at once where it was revoked', async () => {
    await found();
    world.revoke(READER_KEY);
    forgetCredential(world.ports, hashKey(READER_KEY));
    expect(await found()).toBe(false);
  });

  it('is looked for anew while it is unknown, so that a new key works at once', async () => {
    expect(await found('fbk_not-made-yet')).toBe(false);
    expect(await found('fbk_not-made-yet')).toBe(false);
    expect(world.reads).toHaveLength(2);
  });

  it('is remembered for each store by itself', async () => {
    await found();
    world = worldForEdge();
    world.revoke(READER_KEY);
    expect(await found()).toBe(false);
  });
});
