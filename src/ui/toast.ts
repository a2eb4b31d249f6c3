import type { ReactNode } from 'react'

export type ToastKind = 'note' | 'ok' | 'warning' | 'error'

export interface ToastMessage {
  /** Showing a second toast with the same id replaces the first. */
  id?: string | undefined
  /** Names the thing and the number. */
  title: ReactNode
  /** The consequence or the remedy. */
  body?: ReactNode
  action?: { label: string; onAction: () => void } | undefined
  kind?: ToastKind | undefined
  /** ms on screen, paused under the pointer and focus; 0 stays until closed. Default: 6 s, 10 s with an action, errors stay. */
  timeout?: number | undefined
}

export type ToastCommand = { do: 'show'; id: string; message: ToastMessage } | { do: 'close'; id: string }

let sink: ((command: ToastCommand) => void) | undefined
let waiting: ToastCommand[] = []
let count = 0

function send(command: ToastCommand): void {
  if (sink) sink(command)
  else waiting.push(command)
}

/** Toasts for any code, inside React or not. What is shown before the provider mounts waits for it. */
export const toast = {
  /** @returns the id to close it by */
  show(message: ToastMessage): string {
    count += 1
    const id = message.id ?? `toast-${count}`
    send({ do: 'show', id, message })
    return id
  },
  close(id: string): void {
    send({ do: 'close', id })
  },
}

/** The provider takes over the commands, the waiting ones first. Returns how to stop. */
export function receiveToasts(receiver: (command: ToastCommand) => void): () => void {
  sink = receiver
  const before = waiting
  waiting = []
  for (const command of before) receiver(command)
  return () => {
    if (sink === receiver) sink = undefined
  }
}
