import { expect, test } from 'vitest';
import { ClientBody } from '../../../shared/domain/directory/client.ts';

const problems = (body: object): string[] | undefined =>
  ClientBody.safeParse({ name: 'Example Shop', ...body }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

test.each([
  ['nobody yet', {}],
  ['one of the two', { technicalLeadId: 'per_1' }],
  ['the other', { projectManagerId: 'per_1' }],
  ['two people', { technicalLeadId: 'per_1', projectManagerId: 'per_2' }],
])('a client may name %s', (_, body) => {
  expect(problems(body)).toBeUndefined();
});

test('one person is not both lead and manager: nobody approves twice', () => {
  expect(problems({ technicalLeadId: 'per_1', projectManagerId: 'per_1' })).toEqual([
    'projectManagerId: must not be the technical lead: two different people approve a review',
  ]);
});

test('two readers are told apart by their ids', () => {
  const reader = { id: 'rita', name: 'Rita', email: 'rita@client.example.com' };
  const publishTo = [reader, { ...reader, id: 'ron' }, { ...reader, email: 'other@client.example.com' }];
  expect(problems({ reviewRule: { publishTo } })).toEqual([
    'reviewRule.publishTo.2.id: belongs to another reader: each reader needs their own address',
  ]);
});

test('a review rule says what is wrong with it, field by field', () => {
  const reviewRule = {
    severities: ['sev9'],
    dueIn: '5 days',
    publishTo: [{ id: 'per_1', name: '', email: 'no' }],
  };
  const paths = problems({ reviewRule })?.map((problem) => problem.split(':')[0]);
  expect(paths).toEqual([
    'reviewRule.severities.0',
    'reviewRule.dueIn',
    'reviewRule.publishTo.0.id',
    'reviewRule.publishTo.0.name',
    'reviewRule.publishTo.0.email',
  ]);
});
