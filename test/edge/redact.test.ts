import { describe, expect, it } from 'vitest';
import { redact } from '../../shared/edge/redact.ts';

describe('what must not be logged', () => {
  it.each([
    ['call +15550100123 now', 'call +1555•••123 now'],
    ['sms:+15550100123', 'sms:+1555•••123'],
    ['+1 (555) 010-0123', '+1 (5•••123'],
    ['to bo.ek+pager@mail.example.com: refused', 'to •••@mail.example.com: refused'],
    ['"Bo" <bo@example.com>', '"Bo" <•••@example.com>'],
    ['Authorization: Bearer any.thing-at_all', 'Authorization: Bearer •••'],
    ['GenieKey 12345', 'GenieKey •••'],
    ['key fbk_aB3-x_y is unknown', 'key fbk_••• is unknown'],
    ['/v1/alerts/prometheus/0123456789abcdef0123456789abcdef', '/v1/alerts/prometheus/•••'],
    ['R0123456789ABCDEFGHIJKLMNOPQRSTU', '•••'],
    ['/a/inc_1/per_1/1.Ab-_3Ab-_3Ab-_3Ab-_3Ab', '/a/inc_1/per_1/•••'],
    [
      'https://desk.example.com/n/ntc_1/sub_1/2.ABCDEFGHIJKLMNOPQRSTUV?x=1',
      'https://desk.example.com/n/ntc_1/sub_1/•••?x=1',
    ],
    [`/a/inc_1/per_1/${'Ab-_3'.repeat(8)}xyz`, '/a/inc_1/per_1/•••'],
  ])('%s becomes %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });
});

describe('what is needed to find a fault', () => {
  it.each([
    'inc_01JABCDEFGHJKMNPQRSTVWXYZ0',
    '2026-05-01T09:00:00.000+02:00',
    '7f9c24e8-3b12-4fef-91d0-12ab34cd56ef',
    'ProvisionedThroughputExceededException: slow down',
    'at perform (/var/task/http.mjs:61:18)',
    '1746090000000',
    '/v1/incidents/inc_1/acknowledgement',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});
