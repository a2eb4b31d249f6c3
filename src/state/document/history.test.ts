import { describe, expect, test } from 'vitest'
import { ordersScenario } from '../../share/samples'
import { changesRun } from './changesRun'
import { createHistory } from './history'
import type { Change } from './history'

interface Doc {
  name: string
  at: { x: number; y: number }
  list: number[]
}

function setUp(limit = 200) {
  let clock = 0
  const history = createHistory<Doc>({ name: 'a', at: { x: 0, y: 0 }, list: [] }, { now: () => clock, limit })
  return { history, wait: (ms: number) => (clock += ms) }
}

describe('history', () => {
  test('undoes and redoes by label', () => {
    const { history } = setUp()
    history.edit('Rename', (d) => void (d.name = 'b'))
    history.edit('Move', (d) => void (d.at.x = 5))
    expect(history.store.getState()).toMatchObject({ undoLabels: ['Rename', 'Move'], redoLabels: [] })
    expect(history.undo()).toBe('Move')
    expect(history.undo()).toBe('Rename')
    expect(history.undo()).toBeNull()
    expect(history.get()).toEqual({ name: 'a', at: { x: 0, y: 0 }, list: [] })
    expect(history.store.getState()).toMatchObject({ undoLabels: [], redoLabels: ['Move', 'Rename'] })
    expect(history.redo()).toBe('Rename')
    expect(history.get().name).toBe('b')
    history.edit('Rename', (d) => void (d.name = 'c'))
    expect(history.redo()).toBeNull()
  })

  test('an edit that changes nothing is no step and keeps redo', () => {
    const { history } = setUp()
    history.edit('Rename', (d) => void (d.name = 'b'))
    history.undo()
    history.edit('Rename', (d) => void (d.name = 'a'))
    expect(history.store.getState().redoLabels).toEqual(['Rename'])
  })

  test('edits of one key within 600 ms of each other are one step', () => {
    const { history, wait } = setUp()
    for (const name of ['b', 'bc', 'bcd']) {
      history.edit('Rename', (d) => void (d.name = name), 'name')
      wait(599)
    }
    expect(history.store.getState().undoLabels).toEqual(['Rename'])
    wait(1)
    history.edit('Rename', (d) => void (d.name = 'late'), 'name')
    history.edit('Move', (d) => void (d.at.x = 1), 'x')
    history.edit('Rename', (d) => void (d.name = 'later'), 'name')
    expect(history.store.getState().undoLabels).toEqual(['Rename', 'Rename', 'Move', 'Rename'])
    history.undo()
    history.undo()
    history.undo()
    expect(history.get().name).toBe('bcd')
    history.undo()
    expect(history.get().name).toBe('a')
  })

  test('seal, undo and redo end a burst', () => {
    const { history } = setUp()
    const type = (name: string) => history.edit('Rename', (d) => void (d.name = name), 'name')
    type('b')
    history.seal()
    type('c')
    expect(history.store.getState().undoLabels).toHaveLength(2)
    history.undo()
    history.redo()
    type('d')
    expect(history.store.getState().undoLabels).toHaveLength(3)
  })

  test('a gesture is one step; hundreds of moves keep one patch per place', () => {
    const { history } = setUp()
    history.begin('Move Orders')
    for (let x = 1; x <= 300; x++) {
      history.edit('drag', (d) => {
        d.at.x = x
        d.at.y = -x
      })
    }
    expect(history.store.getState()).toMatchObject({ gesture: 'Move Orders', undoLabels: [] })
    history.commit()
    expect(history.store.getState()).toMatchObject({ gesture: null, undoLabels: ['Move Orders'] })
    const seen: Change<Doc>[] = []
    history.subscribe((change) => seen.push(change))
    history.undo()
    expect(history.get().at).toEqual({ x: 0, y: 0 })
    expect(seen[0]?.patches).toHaveLength(2)
    history.redo()
    expect(history.get().at).toEqual({ x: 300, y: -300 })
  })

  test('a cancelled gesture leaves document and redo as they were', () => {
    const { history } = setUp()
    history.edit('Rename', (d) => void (d.name = 'b'))
    history.undo()
    const before = history.get()
    history.begin('Move')
    history.edit('drag', (d) => void d.list.push(1))
    history.cancel()
    expect(history.get()).toBe(before)
    expect(history.redo()).toBe('Rename')
  })

  test('a gesture that ends where it began is no step', () => {
    const { history } = setUp()
    const before = history.get()
    history.begin('Move')
    history.edit('drag', (d) => void (d.at.x = 9))
    history.edit('drag', (d) => void (d.at.x = 0))
    history.commit()
    expect(history.get()).toBe(before)
    expect(history.undo()).toBeNull()
  })

  test('undo during a gesture cancels it; an empty gesture does not stand in the way', () => {
    const { history } = setUp()
    history.edit('Rename', (d) => void (d.name = 'b'))
    history.begin('Move')
    history.edit('drag', (d) => void (d.at.x = 9))
    expect(history.undo()).toBe('Move')
    expect(history.get()).toMatchObject({ name: 'b', at: { x: 0 } })
    history.begin('Move')
    expect(history.undo()).toBe('Rename')
    expect(history.get().name).toBe('a')
  })

  test('the limit drops the oldest step', () => {
    const { history } = setUp(3)
    for (let x = 1; x <= 5; x++) history.edit(`Move ${x}`, (d) => void (d.at.x = x))
    expect(history.store.getState().undoLabels).toEqual(['Move 3', 'Move 4', 'Move 5'])
  })

  test('reset starts over; the document cannot be written from outside', () => {
    const { history } = setUp()
    history.edit('Rename', (d) => void (d.name = 'b'))
    history.reset({ name: 'z', at: { x: 0, y: 0 }, list: [] })
    expect(history.undo()).toBeNull()
    expect(() => history.get().list.push(1)).toThrow(TypeError)
  })
})

describe('changesRun', () => {
  test('layout, labels, notes and names do not simulate again; resources, seed and interventions do', () => {
    const history = createHistory(ordersScenario(), { now: () => 0 })
    const verdict = (recipe: Parameters<typeof history.edit>[1]) => {
      const before = history.get()
      history.edit('Edit', recipe)
      expect(history.get()).not.toBe(before)
      return changesRun(before, history.get())
    }
    expect(verdict((d) => void (d.layout = { Baker: { x: 1, y: 2 } }))).toBe(false)
    expect(verdict((d) => void (d.labels = { Baker: 'Oven' }))).toBe(false)
    expect(verdict((d) => void (d.notes = 'n'))).toBe(false)
    expect(verdict((d) => void (d.name = 'n'))).toBe(false)
    expect(verdict((d) => void delete d.interventions)).toBe(true)
    expect(verdict((d) => void (d.seed = 7))).toBe(true)
    expect(verdict((d) => void delete d.resources['Guests'])).toBe(true)
  })
})
