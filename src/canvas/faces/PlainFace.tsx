import type { FaceProps } from '../types'
import { Facts } from './Facts'

/** The default: header only, and where the node is taller than that, its facts and last items. */
export function PlainFace({ node, data }: FaceProps) {
  const items = data.items ?? []
  const room = Math.max(0, Math.floor((node.rect.h - 60) / 18))
  if (node.rect.h < 70) return null
  return (
    <div className="cs-body">
      {data.facts && <Facts facts={data.facts} hidden={data.hidden === true} />}
      {data.hidden !== true &&
        items.slice(0, room).map((item) => (
          <div key={item.label} className="cs-item">
            <span>{item.label}</span>
            <b className="num">{item.value}</b>
          </div>
        ))}
    </div>
  )
}
