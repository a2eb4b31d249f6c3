import { NodeResizer, useStore, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Glyph } from '../ui/glyphs'
import { useCanvas, useFace } from './canvas-context'
import { glyphName } from './glyph-name'
import { nameId, Ports, type FlowNode } from './NodeView'
import { RenameField } from './RenameField'
import { nameOf } from './words'

/** VPC, zone or subnet: its title stands in the border line, its head is the drag handle. */
export const ContainerView = memo(function ContainerView({ data, selected }: NodeProps<FlowNode>) {
  const { drawn, attachments, mark } = data
  const canvas = useCanvas()
  const face = useFace(drawn.id)
  const drop = canvas.drop !== null && canvas.drop.container === drawn.id ? canvas.drop : null
  const zoom = useStore((state) => (state.transform[2] < 0.35 ? 'far' : 'near'))
  const look = drawn.container
  return (
    <div
      className="cs-cont"
      data-level={look?.level}
      data-access={look?.access}
      data-selected={selected || undefined}
      data-drop={drop === null ? undefined : drop.refused ? 'refused' : 'accepts'}
      data-mark={mark}
    >
      <span id={nameId(drawn.id)} className="visually-hidden">
        {nameOf(drawn, face, attachments)}
      </span>
      <div className="cs-title" aria-hidden={canvas.renaming === drawn.id ? undefined : true}>
        <Glyph name={glyphName(drawn.glyph)} size={14} />
        {canvas.renaming === drawn.id ? (
          <RenameField value={drawn.label} onDone={(text) => canvas.onRenamed(drawn.id, text)} />
        ) : (
          <span className="cs-title-name">
            {drop === null ? drawn.label : drop.refused ? `not in ${drawn.label}` : `drop to place in ${drawn.label}`}
          </span>
        )}
        {look?.range && drop === null && zoom === 'near' && (
          <span className="mono">
            {look.range}
            {face.line && ` · ${face.line}`}
          </span>
        )}
      </div>
      {look?.exit && zoom === 'near' && (
        <div className="cs-exit" aria-hidden="true">
          <Glyph name="internet" size={12} />
          public: {look.exit}
        </div>
      )}
      <div className="cs-grab" />
      <Ports ports={drawn.ports} readOnly={canvas.readOnly} />
      {drop !== null && drop.text !== '' && <p className="cs-droptext">{drop.text}</p>}
      {selected && !canvas.readOnly && drawn.resource !== null && (
        <NodeResizer
          minWidth={120}
          minHeight={64}
          onResizeEnd={(_, box) => {
            const left = drawn.rect.x - drawn.relative.x
            const top = drawn.rect.y - drawn.relative.y
            canvas.onResize(drawn.id, { x: left + box.x, y: top + box.y, w: box.width, h: box.height })
          }}
        />
      )}
    </div>
  )
})
