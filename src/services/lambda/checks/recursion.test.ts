import { expect, test } from 'vitest'
import type { Resource } from '../../../model/scenario'
import { executionRole } from '../../roles'
import { fn, problems, queue } from './gate.fixture'

const send = (to: string) => ({ steps: [{ call: 'sqs:SendMessage', to }] })
const mapping = (EventSourceArn: string, FunctionName: string): Resource => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn, FunctionName },
})
const loops = (resources: { [id: string]: Resource }) =>
  problems({ ...resources, Role: executionRole() }).filter(({ message }) => message.includes(' is a loop'))

test('function, queue, the same function: a note that names the limit (LAM-68)', () =>
  expect(loops({ F: fn({}, send('Q')), Q: queue(), M: mapping('Q', 'F') })).toMatchObject([
    {
      severity: 'info',
      path: '/resources/F',
      message: expect.stringContaining('F -> Q -> F is a loop. After about 16 passes'),
    },
  ]))

test('through two functions it is said once', () =>
  expect(
    loops({
      F: fn({}, send('Q')),
      Q: queue(),
      M: mapping('Q', 'G'),
      G: fn({}, { steps: [{ call: 'lambda:InvokeAsync', to: 'F' }] }),
    }),
  ).toHaveLength(1))

test('an allowed loop is a warning with a fix', () => {
  const F = fn({ RecursiveLoop: 'Allow' }, send('Q'))
  const [first] = loops({ F, Q: queue(), M: mapping('Q', 'F') })
  expect(first).toMatchObject({ severity: 'warning', path: '/resources/F/Properties/RecursiveLoop' })
  expect(first?.fix?.patches[0]).toMatchObject({ value: 'Terminate' })
})

test('a chain that ends is none', () =>
  expect(loops({ F: fn({}, send('Q')), Q: queue(), M: mapping('Q', 'G'), G: fn() })).toEqual([]))
