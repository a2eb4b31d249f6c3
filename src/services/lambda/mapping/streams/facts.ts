import type { FactTable } from '../../../../model/facts'
import { fact } from '../../fact'

/** Numbers of stream mappings (fact sheet 3.3). */
export const streamFacts: FactTable = {
  pollsKinesis: fact(
    'pollsKinesis',
    'Polls of a Kinesis shard by a mapping',
    '1/s',
    { teaching: 1 },
    ['STR-ESM-1'],
    'verified',
  ),
  pollsDynamodb: fact(
    'pollsDynamodb',
    'Polls of a DynamoDB stream shard by a mapping',
    '1/s',
    { teaching: 4 },
    ['STR-ESM-1'],
    'verified',
  ),
  shardBackoffFirst: fact(
    'shardBackoffFirst',
    'Wait before a failed batch of a stream is tried again; doubles',
    's',
    { teaching: 1 },
    ['STR-ESM-3'],
    'assumed',
    { min: 0.05, max: 300 },
  ),
  shardBackoffMost: fact(
    'shardBackoffMost',
    'Longest wait before a failed batch of a stream is tried again',
    's',
    { teaching: 10 },
    ['STR-ESM-3'],
    'assumed',
    { min: 0.05, max: 3_600 },
  ),
  tumblingState: fact(
    'tumblingState',
    'State a tumbling window carries',
    'MB',
    { teaching: 1 },
    ['STR-ESM-8'],
    'verified',
  ),
}
