// Runs when AWS puts an event on the bus: an alarm changed its state, or a page sent by e-mail was delivered or came back.
// An alarm becomes an alert of the integration that it names; a page that came back fails, so that the next method is tried.
// Safe to repeat: an alarm is found again by its ARN, a page remembers what became of it. What throws is retried, then kept.
import * as z from 'zod';
import { backgroundFunction } from '../shared/edge/lambda.ts';
import { ports } from '../shared/edge/ports.ts';

const BusEvent = z.looseObject({ source: z.string(), 'detail-type': z.string(), detail: z.unknown() });

const receive = async (given: unknown): Promise<string> => {
  const event = BusEvent.parse(given);
  const world = await ports();
  const reason = await heard(event);
  world.telemetry.note('aws-event.heard', { source: event.source, type: event['detail-type'], reason });
  return reason;
};

const heard = async (event: z.output<typeof BusEvent>): Promise<string> => {
  if (event.source === 'aws.cloudwatch')
    return (await import('../shared/workflow/alerts/receive-alarm.ts')).receiveAlarm(await ports(), event);
  if (event.source === 'aws.ses')
    return (await import('../shared/workflow/paging/handle-mail-event.ts')).handleMailEvent(
      await ports(),
      event,
    );
  return 'nothing-to-do';
};

export const handler = backgroundFunction('handle-aws-events', receive);
