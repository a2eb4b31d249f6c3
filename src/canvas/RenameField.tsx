import { useEffect, useRef } from 'react'

/** The name of a node while it is edited. Enter and leaving keep it, Escape does not. `onDone(null)`: unchanged. */
export function RenameField({ value, onDone }: { value: string; onDone: (text: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null)
  const closed = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const done = (text: string | null): void => {
    if (closed.current) return
    closed.current = true
    onDone(text === value ? null : text)
  }
  return (
    <input
      ref={field}
      className="cs-rename nodrag"
      aria-label={`New name of ${value}`}
      defaultValue={value}
      maxLength={80}
      onBlur={(event) => done(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') done(event.currentTarget.value)
        if (event.key === 'Escape') done(null)
      }}
    />
  )
}
