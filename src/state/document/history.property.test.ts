import fc from 'fast-check'
import { applyPatches } from 'immer'
import { expect, test } from 'vitest'
import { createHistory } from './history'

interface Doc {
  n: { [key: string]: number }
  list: number[]
}

type Command =
  | { do: 'set'; key: string; value: number; burst?: string | undefined }
  | { do: 'delete'; key: string }
  | { do: 'push' | 'insert'; value: number }
  | { do: 'pop' | 'shift' | 'begin' | 'commit' | 'cancel' | 'undo' | 'redo' }
  | { do: 'wait'; ms: number }

const key = fc.constantFrom('a', 'b', 'c')
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    do: fc.constant('set' as const),
    key,
    value: fc.nat(3),
    burst: fc.option(fc.constantFrom('k', 'l'), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('delete' as const), key }),
  fc.record({ do: fc.constantFrom('push' as const, 'insert' as const), value: fc.nat(9) }),
  fc.record({ do: fc.constantFrom('pop', 'shift', 'begin', 'commit', 'cancel', 'undo', 'redo' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(900) }),
)

test('any mix of edits, bursts and gestures can be undone to the start and redone to the end', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let clock = 0
      const initial: Doc = { n: {}, list: [] }
      const history = createHistory<Doc>(initial, { now: () => clock, limit: 1000 })
      let mirror: Doc = history.get()
      history.subscribe((change) => {
        mirror = applyPatches(mirror, change.patches)
        expect(mirror).toEqual(change.after)
      })
      for (const c of commands) {
        if (c.do === 'wait') clock += c.ms
        else if (c.do === 'set') history.edit('set', (d) => void (d.n[c.key] = c.value), c.burst)
        else if (c.do === 'delete') history.edit('delete', (d) => void delete d.n[c.key])
        else if (c.do === 'push') history.edit('push', (d) => void d.list.push(c.value), 'list')
        else if (c.do === 'insert') history.edit('insert', (d) => void d.list.unshift(c.value), 'list')
        else if (c.do === 'pop') history.edit('pop', (d) => void d.list.pop(), 'list')
        else if (c.do === 'shift') history.edit('shift', (d) => void d.list.shift(), 'list')
        else if (c.do === 'begin') history.begin('gesture')
        else history[c.do]()
      }
      history.commit()
      while (history.redo() !== null);
      const end = structuredClone(history.get())
      const steps = history.store.getState().undoLabels
      const undone: string[] = []
      for (let label = history.undo(); label !== null; label = history.undo()) undone.unshift(label)
      expect(undone).toEqual(steps)
      expect(history.get()).toEqual(initial)
      while (history.redo() !== null);
      expect(history.get()).toEqual(end)
    }),
    { numRuns: 1000 },
  )
})
