import { createHmac } from 'node:crypto';
import { handler as receiveTrackerWebhook } from '../../functions/receive-tracker-webhook.ts';
import { firebreak } from '../../shared/domain/directory/access.ts';
import type { ActionItem } from '../../shared/domain/preventive/action-item/action-item.ts';
import { TrackerBody } from '../../shared/domain/preventive/tracker/tracker.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Writer } from '../../shared/workflow/directory/crud.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { type MadeTracker, makeTracker } from '../../shared/workflow/trackers/crud.ts';
import { linkItem, unlinkItem } from '../../shared/workflow/trackers/link.ts';
import type { Desk } from './desk.ts';
import { PROJECT, type Sent } from './github.ts';

/** What its tracker's webhook sends, signed, at the function that takes it. Gives status and reason or detail. */
export const send = async (
  ports: Ports,
  to: { id: string; secret: string; header?: string },
  { payload, headers }: Sent,
): Promise<[status: number, said: string]> => {
  usePorts(ports);
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac('sha256', to.secret).update(body).digest('hex')}`;
  const reply = await receiveTrackerWebhook({
    rawPath: `/v1/trackers/${to.id}/events`,
    requestContext: { http: { method: 'POST' } },
    headers: {
      'content-type': 'application/json',
      [to.header ?? 'x-hub-signature-256']: signature,
      ...headers,
    },
    body,
  });
  const { reason, detail } = JSON.parse(reply.body);
  return [reply.statusCode, reason ?? detail];
};

interface Outside {
  httpRequest: Ports['httpRequest'];
  token: string;
  account?: string;
  sent: Sent[];
}

/** A tracker at a desk, with the outside that it speaks to. */
export interface TrackerDesk {
  tracker: MadeTracker;
  /** Its webhook sends all that has happened there, in this order unless told. */
  hears(inOrder?: (sent: Sent[]) => Sent[]): Promise<string[]>;
  link(id: string, key?: string): Promise<ActionItem>;
  unlink(id: string): Promise<void>;
}

export const trackerDesk = async (
  desk: Desk,
  outside: Outside,
  more: { linksAll?: boolean } = {},
): Promise<TrackerDesk> => {
  const { ports, cast } = desk;
  desk.outside(outside.httpRequest);
  const caller = (): Writer => ({ principal: firebreak, invocation: newInvocation(ports) });
  const where = outside.account
    ? { type: 'jira', apiUrl: 'https://example.atlassian.net', project: 'OPS', account: outside.account }
    : { type: 'github', apiUrl: 'https://api.github.com', project: PROJECT };
  const body = { clientId: cast.client.id, name: 'Shop issues', token: outside.token, ...where, ...more };
  const tracker = await makeTracker(ports, caller(), TrackerBody.parse(body));
  const header = outside.account ? 'x-hub-signature' : 'x-hub-signature-256';
  const to = { id: tracker.id, secret: tracker.webhook.secret, header };
  const settled = async <T>(result: Promise<T>): Promise<T> => {
    const given = await result;
    await desk.reconcile();
    return given;
  };
  return {
    tracker,
    hears: async (inOrder = (sent) => sent) => {
      const reasons: string[] = [];
      for (const each of inOrder(outside.sent.splice(0))) reasons.push((await send(ports, to, each))[1]);
      await desk.reconcile();
      return reasons;
    },
    link: (id, key) => settled(linkItem(ports, caller(), { id, trackerId: tracker.id, key })),
    unlink: (id) => settled(unlinkItem(ports, caller(), id)),
  };
};
