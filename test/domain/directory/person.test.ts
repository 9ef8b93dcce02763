import { describe, expect, test } from 'vitest';
import { type ContactMethod, PersonBody, reaches } from '../../../shared/domain/directory/person.ts';
import { cast } from '../../support/cast.ts';

const method = (id: string, channel: 'sms' | 'email', verified = true): ContactMethod => ({
  ...{ id, channel, verified },
  address: channel === 'sms' ? '+15550100100' : `${id}@example.com`,
});
const rule = (methodId: string, delay: string, urgency: 'high' | 'low' = 'high') => ({
  methodId,
  delay,
  urgency,
});

const both = [method('sms', 'sms'), method('mail', 'email')];

const ROWS = [
  { when: 'high urgency without rules', methods: both, rules: [], reason: ['sms PT0S', 'mail PT0S'] },
  { when: 'low urgency without rules', low: true, methods: both, rules: [], reason: ['mail PT0S'] },
  {
    when: 'low urgency without mail',
    low: true,
    methods: [method('sms', 'sms')],
    rules: [],
    reason: ['sms PT0S'],
  },
  {
    when: 'rules',
    methods: both,
    rules: [rule('mail', 'PT5M'), rule('sms', 'PT0S')],
    reason: ['sms PT0S', 'mail PT5M'],
  },
  {
    when: 'rules of the other urgency',
    methods: both,
    rules: [rule('mail', 'PT5M', 'low')],
    reason: ['sms PT0S', 'mail PT0S'],
  },
  {
    when: 'a method twice',
    methods: both,
    rules: [rule('sms', 'PT5M'), rule('sms', 'PT1M'), rule('sms', 'PT1M')],
    reason: ['sms PT1M'],
  },
  {
    when: 'a rule for what is not verified',
    methods: [method('sms', 'sms', false), method('mail', 'email')],
    rules: [rule('sms', 'PT0S')],
    reason: ['mail PT0S'],
  },
  { when: 'nothing verified', methods: [method('sms', 'sms', false)], rules: [], reason: [] },
];

test.each(ROWS)('$when: $reason', ({ low, methods, rules, reason }) => {
  const person = { ...cast({}).people.ada, contactMethods: methods, notificationRules: rules };
  const found = reaches(person, low ? 'low' : 'high');
  expect(found.map(({ method: { id }, delay }) => `${id} ${delay}`)).toEqual(reason);
});

describe('a person as entered', () => {
  const body = { name: 'Ada', email: 'ada@example.com' };
  test.each([
    ['a time zone that is an offset', { timeZone: '+02:00' }, ['timeZone']],
    ['two methods of one name', { contactMethods: [both[0], both[0]] }, ['contactMethods', 1, 'id']],
    [
      'a rule for no method',
      { contactMethods: both, notificationRules: [rule('pager', 'PT0S')] },
      ['notificationRules', 0, 'methodId'],
    ],
    [
      'a number that is none',
      { contactMethods: [{ ...both[0], address: '0170' }] },
      ['contactMethods', 0, 'address'],
    ],
    ['a field that is none', { phone: '+15550100100' }, []],
  ])('is refused with %s', (_, change, path) => {
    const parsed = PersonBody.safeParse({ ...body, ...change });
    expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([path]);
  });

  test('is Universal Time and nothing else unless told', () => {
    expect(PersonBody.parse(body)).toMatchObject({
      timeZone: 'UTC',
      contactMethods: [],
      notificationRules: [],
    });
  });
});
