import { useMemo, useRef } from 'react'
import type { Drawing } from '../drawing'
import { Combobox, type ComboboxOption } from '../ui/Combobox'
import { Dialog } from '../ui/Dialog'
import { glyphName } from './glyph-name'
import { tell } from './tell'
import type { CanvasProps } from './types'

const CONNECTS = 'Connects'

interface ConnectDialogProps {
  /** Node the wire leaves; null: closed. */
  from: string | null
  drawing: Drawing
  canConnect: CanvasProps['canConnect']
  onConnect: CanvasProps['onConnect']
  onClose: () => void
}

/** Drawing a wire without a mouse: valid targets first, the others with the reason why not. */
export function ConnectDialog({ from, drawing, canConnect, onConnect, onClose }: ConnectDialogProps) {
  const input = useRef<HTMLInputElement>(null)
  const source = from === null ? undefined : drawing.nodeById.get(from)
  const options = useMemo(
    () => (from === null ? [] : optionsFor(from, drawing, canConnect)),
    [from, drawing, canConnect],
  )
  return (
    <Dialog
      open={source !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`Connect ${source?.label ?? ''} to`}
      width={440}
      initialFocus={input}
    >
      <div
        ref={(element) => {
          input.current = element?.querySelector('input') ?? null
        }}
      >
        {!options.some(({ group }) => group === CONNECTS) && (
          <p>Nothing in the drawing takes a wire from {source?.label}. Add what it calls or sends to first.</p>
        )}
        <Combobox
          value={null}
          options={options}
          aria-label={`Target of a wire from ${source?.label ?? ''}`}
          placeholder="Name of a node"
          emptyText="No node has that name."
          onChange={(value) => {
            if (from === null) return
            const [to = '', port] = value.split('|')
            const verdict = canConnect(from, to, port)
            if (verdict !== true) return tell(verdict)
            onClose()
            tell(onConnect(from, to, port))
          }}
        />
      </div>
    </Dialog>
  )
}

/** One option per target and port: `Orders`, `Orders, when it fails`, `Orders, from rule Placed`. */
function optionsFor(from: string, drawing: Drawing, canConnect: CanvasProps['canConnect']): ComboboxOption[] {
  const source = drawing.nodeById.get(from)
  const rules = new Map((drawing.attachments.get(from) ?? []).map((attachment) => [attachment.id, attachment.label]))
  const ports = (source?.ports ?? []).filter(
    (port) => port.role === 'out' && (port.shown || port.beside !== undefined || rules.has(port.id)),
  )
  const valid: ComboboxOption[] = []
  const refused: ComboboxOption[] = []
  for (const node of drawing.nodes) {
    if (node.resource === null || node.shape === 'container' || node.id === from) continue
    let accepted = false
    let reason = ''
    for (const port of ports) {
      const id = port.id === 'out' ? undefined : port.id
      const verdict = canConnect(from, node.id, id)
      if (verdict !== true) {
        if (id === undefined) reason = verdict.refused
        continue
      }
      accepted = true
      const words = port.title ?? (id === 'failure' ? 'when it fails' : `from rule ${rules.get(id ?? '') ?? id}`)
      const suffix = id === undefined ? '' : `, ${words}`
      valid.push({
        value: id === undefined ? node.id : `${node.id}|${id}`,
        label: `${node.label}${suffix}`,
        note: node.kind.label,
        glyph: glyphName(node.glyph),
        group: CONNECTS,
      })
    }
    if (!accepted)
      refused.push({
        value: node.id,
        label: node.label,
        note: reason,
        glyph: glyphName(node.glyph),
        group: 'Does not connect',
      })
  }
  return [...valid, ...refused]
}
