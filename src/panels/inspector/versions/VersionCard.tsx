import { LATEST, qualifierOf, routesOf } from '../../../drawing'
import { isObject } from '../../../model/json'
import type { JsonObject } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { stepLine } from '../behavior/steps'
import { digits } from '../words'
import { Card, type CardProps } from './card'
import { lossOf, removal } from './edits'
import { Provisioned } from './Provisioned'
import { aliasesOf, differences, latestOf, publishedOf } from './releases'

/** A published version: what it holds, what differs from `$LATEST`; nothing of it can be changed (LAM-60). */
export function VersionCard(props: CardProps) {
  const { id, fn, scenario, readOnly, open, onOpen, onApply } = props
  const number = qualifierOf(id, scenario)
  const code = publishedOf(id, scenario)
  const differs = differences(code, latestOf(fn, scenario))
  const description = scenario.resources[id]?.Properties?.['Description']
  const used = aliasesOf(fn, scenario)
    .filter((alias) => {
      const { version, second } = routesOf(alias, scenario)
      return version === id || second === id
    })
    .map((alias) => qualifierOf(alias, scenario))
  const says = [
    used.length > 0 ? used.join(', ') : '',
    typeof description === 'string' ? description : '',
    differs.length === 0 ? `same as ${LATEST}` : `differs: ${differs.map(({ name }) => name).join(', ')}`,
  ].filter((part) => part !== '')
  const loss = lossOf(id, scenario)
  return (
    <Card name={number} kind="version" line={says.join(' · ')} open={open} onOpen={onOpen}>
      <p className="xs dim ver-sentence">
        A published version never changes (LAM-60). Change the function and publish again.
      </p>
      {typeof description === 'string' && <p className="ver-sentence">{description}</p>}
      <dl className="ver-facts num">
        {factsOf(code.Properties).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ol className="ver-steps xs num" aria-label={`Steps of version ${number}`}>
        {stepsOf(code.Behavior).map((step, index) => {
          const line = stepLine(step, fn, scenario)
          return (
            <li key={index}>
              <span className="medium">{line.what}</span> <span className="dim">{line.detail}</span>
            </li>
          )
        })}
      </ol>
      {differs.length > 0 && (
        <>
          <h4 className="ver-title">{LATEST} differs</h4>
          <dl className="ver-facts num">
            {differs.map(({ name, here, there }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{here === there ? 'changed' : `${here}, now ${there}`}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Provisioned {...props} />
      {!readOnly && (
        <div className="insp-fixes">
          <Button size="sm" variant="danger" disabled={used.length > 0} onClick={() => onApply(removal(id, scenario))}>
            Delete version {number}
          </Button>
          {used.length > 0 && (
            <span className="xs dim">
              {used.join(', ')} {used.length === 1 ? 'points' : 'point'} to it. Point elsewhere first.
            </span>
          )}
          {used.length === 0 && loss !== '' && <span className="xs dim">{loss}</span>}
        </div>
      )}
    </Card>
  )
}

const SHOWN = ['Runtime', 'MemorySize', 'Timeout'] as const
const UNIT: { readonly [name: string]: string } = { MemorySize: ' MB', Timeout: ' s' }
const USUAL: { readonly [name: string]: string | number } = { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3 }

function factsOf(properties: JsonObject): [string, string][] {
  return SHOWN.map((name): [string, string] => {
    const value = properties[name] ?? USUAL[name] ?? ''
    return [name, `${typeof value === 'number' ? digits(value) : String(value)}${UNIT[name] ?? ''}`]
  })
}

function stepsOf(behavior: JsonObject): JsonObject[] {
  const { steps } = behavior
  return Array.isArray(steps) ? steps.filter(isObject) : []
}
