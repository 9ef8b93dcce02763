/**
 * When: an issue tracker's webhook says that something happened to an issue (HTTP).
 * What: checks that the tracker signed it, and closes, opens again or renames the action item that the issue stands for.
 * Safe to repeat, and in any order: what is known already changes nothing, and neither does what is older than it.
 */
import { Refused } from '../shared/domain/refused.ts';
import { bodyOf, type HttpEvent, type HttpReply, headerOf, jsonReply } from '../shared/edge/http-event.ts';
import { httpFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';
import { problemReply } from '../shared/edge/problem.ts';
import { readJson } from '../shared/edge/untrusted-json.ts';
import { receiveTrackerWebhook } from '../shared/workflow/trackers/receive-webhook.ts';

const PATH = /^\/v1\/trackers\/(\w{1,64})\/events\/?$/;
/** Bytes. An issue with a long text and many fields comes near to half of it. */
const MOST_BYTES = 1024 * 1024;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

const receive = async (event: HttpEvent): Promise<HttpReply> => {
  if (event.requestContext.http.method !== 'POST')
    return problemReply('method-not-allowed', {
      detail: 'This path accepts POST.',
      headers: { allow: 'POST' },
    });
  const raw = Buffer.from(bodyOf(event) ?? '');
  if (raw.byteLength > MOST_BYTES) throw new Refused('too-large', 'Send at most 1 MB.');
  const world = await ports();
  const reason = await receiveTrackerWebhook(world, {
    trackerId: PATH.exec(event.rawPath)?.[1] ?? '',
    raw,
    signatures: {
      github: headerOf(event, 'x-hub-signature-256'),
      jira: headerOf(event, 'x-hub-signature'),
    },
    event: headerOf(event, 'x-github-event') ?? '',
    payload: () => payloadOf(event, raw),
  });
  world.telemetry.note('tracker.heard', { reason });
  return jsonReply(202, { reason });
};

const payloadOf = (event: HttpEvent, raw: Uint8Array): unknown => {
  if (!JSON_TYPE.test(headerOf(event, 'content-type') ?? ''))
    throw new Refused('not-json', 'Set the content type of the webhook to application/json.');
  return readJson(raw, 'body', MOST_BYTES);
};

export const handler = httpFunction('receive-tracker-webhook', receive);
