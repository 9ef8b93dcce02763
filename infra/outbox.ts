import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { FirebreakFunction } from './function.ts';
import type { Functions } from './grants.ts';
import type { Table } from './table.ts';
import { acknowledgeWildcard } from './wildcards.ts';

/** The kinds of items that promise something; nothing else in the table wakes `deliver-outbox`. */
const PROMISES = ['page', 'notice', 'effect', 'timer'];

interface Props {
  table: Table;
  functions: Functions;
}

/**
 * Hands new promises from the table's stream to `deliver-outbox`. A poison record is split off, tried a few times
 * and put aside: left to the defaults it would block its shard for a day.
 */
export class Outbox extends Construct {
  constructor(scope: Construct, id: string, { table, functions }: Props) {
    super(scope, id);
    const deliverOutbox = functions['deliver-outbox'];
    const stream = table.tableStreamArn;
    if (!stream) throw new Error('The table has no stream.');
    letRead(deliverOutbox, table, stream);
    new EventSourceMapping(this, 'Stream', {
      target: deliverOutbox.lambda,
      eventSourceArn: stream,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { NewImage: { kind: { S: FilterRule.or(...PROMISES) } } },
        }),
      ],
      // LATEST can miss what is written while the mapping is made.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: 10,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 5,
      maxRecordAge: Duration.minutes(10),
      onFailure: new SqsDlq(deliverOutbox.abandoned),
    }).node.addDependency(deliverOutbox.role);
  }
}

const letRead = ({ role }: FirebreakFunction, table: Table, stream: string): void => {
  role.addToPolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [stream],
    }),
  );
  const streams = `${table.tableArn}/stream/*`;
  role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [streams] }));
  acknowledgeWildcard(
    role,
    streams,
    'Lambda lists the streams of the table to find its own; their names are made by DynamoDB.',
  );
};
