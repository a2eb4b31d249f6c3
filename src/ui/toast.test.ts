import { describe, expect, it } from 'vitest'
import { receiveToasts, toast, type ToastCommand } from './toast'

describe('toast', () => {
  it('keeps what is shown before a provider listens, then hands it over in order', () => {
    const first = toast.show({ title: 'Not saved: this browser’s storage is full.' })
    toast.close(first)
    const seen: ToastCommand[] = []
    const stop = receiveToasts((command) => seen.push(command))
    expect(seen.map((command) => [command.do, command.id])).toEqual([
      ['show', first],
      ['close', first],
    ])
    stop()
  })

  it('gives each toast its own id and keeps a given one', () => {
    const seen: ToastCommand[] = []
    const stop = receiveToasts((command) => seen.push(command))
    const a = toast.show({ title: 'a' })
    const b = toast.show({ title: 'b' })
    expect(toast.show({ id: 'saving', title: 'c' })).toBe('saving')
    expect(a).not.toBe(b)
    expect(seen.map((command) => command.id)).toEqual([a, b, 'saving'])
    stop()
  })
})
