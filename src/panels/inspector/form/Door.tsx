import { lazy, Suspense } from 'react'
import { Button } from '../../../ui/Button'
import type { Field } from '../../../gate'
import type { Building } from '../types'
import { useForm } from './form-context'

const ScheduleLine = lazy(() => import('../../schedule/ScheduleLine'))

/** Properties that a builder writes better than a text box. */
const TOOLS: { readonly [property: string]: Building['tool'] } = {
  EventPattern: 'pattern',
  FilterPolicy: 'pattern',
  Pattern: 'pattern',
  ScheduleExpression: 'schedule',
}
const VERBS = { pattern: ['Edit pattern', 'Test pattern'], schedule: ['Build schedule', 'See when it fires'] } as const

/** The builder a property has here. */
export function useDoor({ name }: Field): Building['tool'] | undefined {
  const { onBuild } = useForm()
  return onBuild === undefined ? undefined : TOOLS[name]
}

/** Leads from a property to its builder, where it has one; under a schedule stands what it says. */
export function Door({ field, path, value }: { field: Field; path: string; value: unknown }) {
  const { onBuild, owner, readOnly, scenario } = useForm()
  const tool = useDoor(field)
  if (tool === undefined) return null
  const { Type, Properties = {} } = scenario.resources[owner] ?? {}
  const zone = Properties['ScheduleExpressionTimezone']
  return (
    <div className="insp-door">
      <Button size="sm" onClick={() => onBuild?.({ tool, resource: owner, path })}>
        {value === undefined && !readOnly && tool === 'pattern' ? 'Write pattern' : VERBS[tool][readOnly ? 1 : 0]}
      </Button>
      {tool === 'schedule' && typeof value === 'string' && (
        <Suspense fallback={null}>
          <ScheduleLine expression={value} type={Type} zone={typeof zone === 'string' ? zone : 'UTC'} />
        </Suspense>
      )}
    </div>
  )
}
