import { describe, expect, it } from 'vitest'
import { RowKind, ROWS_PER_CHUNK, type Rows } from '../model/recording'
import { Clock } from './clock'
import { Recorder } from './recorder'

const recording = (): { clock: Clock; recorder: Recorder; chunks: Rows[] } => {
  const clock = new Clock()
  const recorder = new Recorder(clock)
  const chunks: Rows[] = []
  recorder.sink = (rows) => chunks.push(rows)
  return { clock, recorder, chunks }
}

describe('Recorder', () => {
  it('writes all columns and makes a row the cause of the next', () => {
    const { clock, recorder, chunks } = recording()
    recorder.trace = 5
    clock.now = 10
    expect(recorder.emit(RowKind.hop, 1, 2, 3, 4, 10)).toBe(0)
    clock.now = 31
    expect(recorder.emit(RowKind.span, 6, 7, 8, 9)).toBe(1)
    expect(recorder.cause).toBe(1)
    recorder.flush()
    const [rows] = chunks
    const row = (i: number): number[] =>
      (['kind', 'at', 'until', 'resource', 'subject', 'code', 'value', 'trace', 'cause'] as const).map(
        (column) => rows![column][i]!,
      )
    expect([rows!.first, rows!.length]).toEqual([0, 2])
    expect(row(0)).toEqual([RowKind.hop, 10, 20, 1, 2, 3, 4, 5, -1])
    expect(row(1)).toEqual([RowKind.span, 31, 31, 6, 7, 8, 9, 5, 0])
  })

  it('hands over full chunks and never touches them again', () => {
    const { recorder, chunks } = recording()
    for (let i = 0; i < ROWS_PER_CHUNK + 3; i++) recorder.emit(RowKind.level, 0, 0, 0, i)
    expect(chunks.map((rows) => [rows.first, rows.length])).toEqual([[0, ROWS_PER_CHUNK]])
    recorder.flush()
    recorder.flush()
    expect(chunks.map((rows) => [rows.first, rows.length])).toEqual([
      [0, ROWS_PER_CHUNK],
      [ROWS_PER_CHUNK, 3],
    ])
    expect(chunks[0]!.value[ROWS_PER_CHUNK - 1]).toBe(ROWS_PER_CHUNK - 1)
  })

  it('numbers rows the same when it keeps none', () => {
    const { recorder, chunks } = recording()
    recorder.on = false
    for (let i = 0; i < 10; i++) recorder.emit(RowKind.level, 0, 0, 0, i)
    recorder.on = true
    expect(recorder.emit(RowKind.level, 0, 0, 0, 10)).toBe(10)
    recorder.flush()
    expect(chunks.map((rows) => [rows.first, rows.length, rows.cause[0]])).toEqual([[10, 1, 9]])
  })

  it('goes on at the row index it was saved with', () => {
    const { recorder } = recording()
    for (let i = 0; i < 7; i++) recorder.emit(RowKind.level, 0, 0, 0, i)
    const other = recording()
    other.recorder.load(recorder.save())
    expect([other.recorder.cause, other.recorder.trace]).toEqual([-1, -1])
    other.recorder.emit(RowKind.level, 0, 0, 0, 7)
    other.recorder.flush()
    expect(other.chunks[0]!.first).toBe(7)
  })
})
