import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { createElement, memo, useState, type ReactNode } from 'react'
import type { Attachment, DrawnNode, Port, Side } from '../drawing'
import { Badge, BADGE_ORDER } from '../ui/Badge'
import { Glyph } from '../ui/glyphs'
import { useCanvas, useFace, type CanvasContextValue } from './canvas-context'
import { faceOf } from './faces'
import { SlotBar } from './faces/Slots'
import { glyphName } from './glyph-name'
import { RenameField } from './RenameField'
import type { FaceData } from './types'
import { nameOf } from './words'

export type FlowNode = Node<{ drawn: DrawnNode; attachments: readonly Attachment[]; mark?: string | undefined }>

const POSITION: { readonly [side in Side]: Position } = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
}

/** A node, chip or capsule. Its name for assistive technology is a hidden element the React Flow wrapper refers to. */
export const NodeView = memo(function NodeView({ data, selected }: NodeProps<FlowNode>) {
  const { drawn, attachments, mark } = data
  const canvas = useCanvas()
  const face = useFace(drawn.id)
  const noticed = useNotice(face.dead?.arrived ?? 0, selected)
  const verdict = canvas.connecting?.from === drawn.id ? undefined : canvas.connecting?.verdicts.get(drawn.id)
  const shared = {
    'data-silhouette': drawn.silhouette,
    'data-shape': drawn.shape,
    'data-selected': selected || undefined,
    'data-extent': drawn.extent,
    'data-state': face.state,
    'data-noticed': (noticed && !face.hidden) || undefined,
    'data-hidden': face.hidden || undefined,
    'data-mark': mark,
    'data-verdict': verdict === undefined ? undefined : verdict === true ? 'accepts' : 'refuses',
  }
  return (
    <div className="cs-node" {...shared}>
      <span id={nameId(drawn.id)} className="visually-hidden">
        {nameOf(drawn, face, attachments)}
      </span>
      {drawn.shape === 'node' ? (
        <NodeBody drawn={drawn} face={face} attachments={attachments} canvas={canvas} />
      ) : (
        <ChipBody drawn={drawn} face={face} canvas={canvas} />
      )}
      <Ports ports={drawn.ports} readOnly={canvas.readOnly} />
      <Badges drawn={drawn} face={face} canvas={canvas} />
      {verdict === true && (
        <span className="cs-verdict">
          <Glyph name="check" size={12} />
        </span>
      )}
      {verdict !== undefined && verdict !== true && <span className="cs-refusal">{verdict.refused}</span>}
    </div>
  )
})

/** Whether more arrived than when it was looked at last, which choosing it does. What is taken back by scrubbing is news again. */
function useNotice(arrived: number, looking: boolean): boolean {
  const [seen, setSeen] = useState(0)
  if (looking ? seen !== arrived : seen > arrived) setSeen(arrived)
  return arrived > seen && !looking
}

export function nameId(id: string): string {
  return `cs-name-${id}`
}

function NodeBody({
  drawn,
  face,
  attachments,
  canvas,
}: {
  drawn: DrawnNode
  face: FaceData
  attachments: readonly Attachment[]
  canvas: CanvasContextValue
}) {
  const collapsed = drawn.extent === 'collapsed'
  return (
    <>
      <div className="cs-head" aria-hidden={canvas.renaming === drawn.id ? undefined : true}>
        <Glyph name={glyphName(drawn.glyph)} />
        <div className="cs-grow">
          <Name drawn={drawn} canvas={canvas} />
          <div className="cs-type">
            {collapsed ? (face.tag?.text ?? face.line ?? drawn.typeLine) : (face.line ?? drawn.typeLine)}
          </div>
        </div>
        {face.tag && !collapsed && <Tag face={face} />}
      </div>
      {!collapsed && (
        <div className="cs-bodies">
          {createElement(faceOf(drawn), { node: drawn, data: face, attachments, onWhy: canvas.onWhy })}
        </div>
      )}
      {face.slots && !face.hidden && <div className="cs-farbar">{<SlotBar slots={face.slots} />}</div>}
    </>
  )
}

function Tag({ face }: { face: FaceData }): ReactNode {
  const { tag } = face
  if (tag === undefined) return null
  const glyph =
    tag.state === undefined
      ? undefined
      : ({ pending: 'pending', throttled: 'throttle', error: 'error' } as const)[tag.state]
  return (
    <span className="cs-tag num" data-state={tag.state}>
      {glyph && <Glyph name={glyph} size={12} />}
      {face.hidden ? '?' : tag.text}
    </span>
  )
}

function ChipBody({ drawn, face, canvas }: { drawn: DrawnNode; face: FaceData; canvas: CanvasContextValue }) {
  const tall = drawn.rect.h >= 36
  const line = face.line ?? drawn.typeLine
  return (
    <div className="cs-chip" aria-hidden={canvas.renaming === drawn.id ? undefined : true}>
      <Glyph name={glyphName(drawn.glyph)} size={tall ? 16 : 14} />
      <div className={tall ? 'cs-grow' : 'cs-chip-row'}>
        <Name drawn={drawn} canvas={canvas} />
        {drawn.shape !== 'gate' && <span className="cs-type mono">{line}</span>}
      </div>
      {drawn.type === 'eni' && face.tag && (
        <span className="cs-chip-state" data-state={face.tag.state ?? 'ok'}>
          <Glyph name={face.tag.state === 'pending' ? 'pending' : 'check'} size={12} />
          {face.tag.text}
        </span>
      )}
    </div>
  )
}

function Name({ drawn, canvas }: { drawn: DrawnNode; canvas: CanvasContextValue }) {
  if (canvas.renaming === drawn.id)
    return <RenameField value={drawn.label} onDone={(text) => canvas.onRenamed(drawn.id, text)} />
  return <div className="cs-name">{drawn.label}</div>
}

function Badges({ drawn, face, canvas }: { drawn: DrawnNode; face: FaceData; canvas: CanvasContextValue }) {
  if (face.badges.length === 0 || face.hidden) return null
  const shown = [...face.badges].sort((a, b) => BADGE_ORDER.indexOf(a.kind) - BADGE_ORDER.indexOf(b.kind)).slice(0, 2)
  return (
    <div className="cs-badges nodrag">
      {shown.map((badge) => (
        <Badge
          key={badge.kind}
          kind={badge.kind}
          label={`${badge.reason} Why?`}
          tabIndex={-1}
          onClick={() => canvas.onWhy({ kind: 'badge', node: drawn.id, badge })}
        >
          {badge.count}
        </Badge>
      ))}
    </div>
  )
}

export function Ports({ ports, readOnly }: { ports: readonly Port[]; readOnly: boolean }) {
  return ports.map((port) => (
    <Handle
      key={port.id}
      id={port.id}
      type={port.role === 'in' ? 'target' : 'source'}
      position={POSITION[port.side]}
      isConnectable={!readOnly}
      aria-hidden="true"
      className="cs-port"
      data-shown={(port.shown && port.role === 'out') || undefined}
      style={port.side === 'left' || port.side === 'right' ? { top: port.at } : { left: port.at }}
    />
  ))
}
