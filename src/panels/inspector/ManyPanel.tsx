import type { LogicalId } from '../../model/scenario'
import { Button } from '../../ui/Button'
import { Glyph } from '../../ui/glyphs'
import { Section } from '../../ui/Section'
import { Header } from './Header'
import type { InspectorProps } from './types'
import { glyphOf, kindOf, nameOf } from './words'

type Props = Pick<InspectorProps, 'scenario' | 'onSelect' | 'onRemove' | 'onDuplicate'> & {
  ids: readonly LogicalId[]
  readOnly: boolean
}

/** Several resources: which, and what can be done to all. */
export function ManyPanel({ ids, scenario, readOnly, onSelect, onRemove, onDuplicate }: Props) {
  const kinds = new Map<string, number>()
  for (const id of ids) {
    const label = (kindOf(id, scenario)?.label ?? 'resource').toLowerCase()
    kinds.set(label, (kinds.get(label) ?? 0) + 1)
  }
  return (
    <>
      <Header
        glyph="outline"
        name={`${ids.length} selected`}
        typeLine={[...kinds].map(([label, n]) => `${n} ${label}`).join(', ')}
        entries={[]}
      />
      <Section title="Selection">
        <ul>
          {ids.map((id) => (
            <li key={id}>
              <button type="button" className="insp-pick" onClick={() => onSelect({ kind: 'resources', ids: [id] })}>
                <Glyph name={glyphOf(kindOf(id, scenario))} />
                <span className="truncate">{nameOf(id, scenario)}</span>
              </button>
            </li>
          ))}
        </ul>
        {!readOnly && (
          <div className="insp-fixes">
            <Button onClick={() => onDuplicate(ids)}>Duplicate {ids.length}</Button>
            <Button variant="danger" onClick={() => onRemove(ids)}>
              Delete {ids.length}
            </Button>
          </div>
        )}
      </Section>
    </>
  )
}
