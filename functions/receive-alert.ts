// Runs when a monitor posts an alert or a change, in any registered format.
// Finds whose key it came with, reads it by its format, and opens, joins, repeats or resolves.
// Safe to repeat: the same event is found again by its dedup key; what fails on our side is answered 503, so it is sent again.
import type { Invocation } from '../shared/domain/id.ts';
import { Refused } from '../shared/domain/refused.ts';
import { type Addressed, addressed, arrived } from '../shared/edge/alert-request.ts';
import { type HttpEvent, type HttpReply, jsonReply } from '../shared/edge/http-event.ts';
import { httpFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { problemReply } from '../shared/edge/problem.ts';
import type { AlertSource, Arrived, KeyField, Reply } from '../shared/sources/source.ts';
import type { IntegrationCredential } from '../shared/workflow/alerts/arrival.ts';
import { receiveAll } from '../shared/workflow/alerts/receive-all.ts';
import { credentialOf } from '../shared/workflow/engine/credential.ts';
import type { Ports } from '../shared/workflow/engine/ports.ts';
import { admits } from '../shared/workflow/engine/throttle.ts';

const receive = async (event: HttpEvent): Promise<HttpReply> => {
  if (event.requestContext.http.method !== 'POST')
    return problemReply('method-not-allowed', { headers: { allow: 'POST' } });
  const address = addressed(event);
  const [world, source] = await Promise.all([ports(), address.entry.load()]);
  try {
    return replyOf(await take(world, source, { event, address }));
  } catch (error) {
    const refusal = refusalOf(world, error);
    world.telemetry.note('alert.refused', { source: address.entry.about.name, code: refusal.code });
    if (source.refused) return replyOf(source.refused(refusal));
    throw refusal;
  }
};

interface Request {
  event: HttpEvent;
  address: Addressed;
}

const take = async (world: Ports, source: AlertSource, { event, address }: Request): Promise<Reply> => {
  const invocation: Invocation = { now: world.clock.now(), id: world.newId() };
  const sender = address.key === undefined ? undefined : await senderAt(world, address, address.key);
  const request = await unwrapped(world, address, arrived(event, address));
  if ('reason' in request) return { status: 200, body: request };
  const reading = source.read(request, invocation);
  const integration = sender ?? (await senderIn(world, address, source.keyOf?.(request)));
  await admit(world, integration, { address, events: reading.alerts.length + reading.changes.length });
  const outcomes = await receiveAll(world, { integration, ...reading, invocation });
  if (reading.alerts.length > 0) world.telemetry.count('AlertsAccepted', reading.alerts.length);
  return source.accepted(outcomes, reading);
};

/** Whose key it is, or what is wrong with it. */
const senderOf = async (
  world: Ports,
  { entry }: Addressed,
  key: string,
): Promise<IntegrationCredential | string> => {
  const opens = (await credentialOf(world, key))?.opens;
  if (opens?.type !== 'integration') return 'is not the key of an integration';
  return opens.source === entry.about.name ? opens : `is the key of an integration for ${opens.source}`;
};

/** Whose address it is; a wrong one does not exist. */
const senderAt = async (world: Ports, address: Addressed, key: string): Promise<IntegrationCredential> => {
  const sender = await senderOf(world, address, key);
  if (typeof sender === 'string') throw new Refused('not-found', `The key in this address ${sender}.`);
  return sender;
};

/** Whose key stands in the body; a wrong one is a wrong field. */
const senderIn = async (
  world: Ports,
  address: Addressed,
  field: KeyField | undefined,
): Promise<IntegrationCredential> => {
  if (!field)
    throw new Error(`The source ${address.entry.about.name} says neither path nor field of its key.`);
  const sender = await senderOf(world, address, field.key);
  if (typeof sender !== 'string') return sender;
  throw new Refused('invalid', 'The key cannot be used here.', [{ path: field.path, message: sender }]);
};

/** Without its envelope, where the format has one; or why there was nothing in it. */
const unwrapped = async (
  world: Ports,
  { entry }: Addressed,
  request: Arrived,
): Promise<Arrived | { reason: string }> => {
  if (entry.about.envelope !== 'sns') return request;
  const { openSns } = await import('../shared/edge/sns-envelope.ts');
  const opened = await openSns(world, request.body);
  return 'reason' in opened ? opened : { ...request, body: opened.message };
};

const admit = async (
  world: Ports,
  { integrationId }: IntegrationCredential,
  { address, events }: { address: Addressed; events: number },
): Promise<void> => {
  if (await admits(world, integrationId, Math.max(1, events))) return;
  throw new Refused(
    address.entry.about.throttled,
    'This integration exceeded its rate limit. Wait a minute.',
  );
};

/** Whatever went wrong on our side, the sender is asked to come again: an alert is never answered away. */
const refusalOf = (world: Ports, error: unknown): Refused => {
  world.telemetry.count('AlertsRefused');
  if (error instanceof Refused) return error;
  world.telemetry.alarm('alert.not-taken', error);
  return new Refused('unavailable', 'The alert could not be accepted. Send it again.');
};

const replyOf = ({ status, body, headers }: Reply): HttpReply => jsonReply(status, body, headers);

export const handler = httpFunction('receive-alert', receive);
