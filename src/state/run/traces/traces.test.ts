import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { gate } from '../../../gate/text'
import { small, stored } from '../logs/small.fixture'
import { segmentDocument } from './document'
import { traceOf } from './trace'
import { TraceIndex } from './traceIndex'

function show(scenario: ReturnType<typeof small>, places: number[]) {
  const { store, documents } = stored(scenario)
  const index = new TraceIndex(store.shown)
  while (!index.complete) index.scan(7)
  for (const place of places) {
    const tree = traceOf(index, documents, place)
    console.log(
      `\n== ${tree.id} ${tree.start}-${tree.end} flags ${index.flags.at(place)} touched ${index.resourcesOf(place).map((r) => store.head.resources[r])}`,
    )
    for (const s of tree.segments)
      console.log(
        `${'  '.repeat(s.depth)}${s.own ? '■' : '·'} ${s.name} [${s.origin}] ${s.look} ${s.start}-${s.end} ${s.error ? 'E' : ''}${s.fault ? 'F' : ''}${s.throttle ? 'T' : ''} ${s.status ?? ''} ${s.notes.join(', ')} ${s.exception?.message ?? ''}`,
      )
  }
  const tree = traceOf(index, documents, 0)
  console.log(
    JSON.stringify(
      segmentDocument(
        tree,
        tree.segments.find((s) => s.origin === 'AWS::Lambda::Function')!,
        documents,
      ),
      null,
      1,
    ),
  )
}
const gallery = (name: string) => {
  const gated = gate(readFileSync(`public/scenarios/${name}.yaml`, 'utf8'))
  if (!gated.ok) throw new Error('bad')
  return gated.normalised
}
test('show', () => {
  show(
    small({
      steps: '[{ wait: 0.05 }, { call: "dynamodb:PutItem", to: T }, { wait: 0.01 }]',
      more: '  T: { Type: AWS::DynamoDB::Table }',
      traffic: '{ pattern: repeat, every: 1, times: 2 }',
    }),
    [0, 1],
  )
  show(small({ call: 'lambda:InvokeAsync', steps: '[{ wait: 0.05 }, { fail: { attempts: [1, 2, 3] } }]' }), [0])
  show(gallery('poison-message'), [0, 4])
  show({ ...gallery('orders'), duration: 60 }, [0, 4, 30])
  show({ ...gallery('noisy-neighbour') }, [3000, 3001])
})
