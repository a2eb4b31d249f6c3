/** The menu of a resource: what can be done to it, and to it during the run. */
import { objectOf } from '../../model/json'
import type { FaultName, Intervention, LogicalId, Scenario } from '../../model/scenario'
import { toSeconds } from '../../model/units'
import type { MenuEntry } from '../../ui/Menu'
import type { InspectorProps } from './types'

type Given = Pick<InspectorProps, 'scenario' | 'playhead' | 'onIntervene' | 'onRemove' | 'onDuplicate'>

/** Told to send during the run. */
const SENDERS = ['Coldstart::Client', 'Coldstart::Source']
const INSTANCE = 'AWS::EC2::Instance'
const ARCHIVE = 'AWS::Events::Archive'
/** What can fail as a whole: it answers calls or carries them. */
const CANNOT_BREAK =
  /^(AWS::IAM::|Coldstart::(Client|Source)$|AWS::EC2::(Route|SubnetRouteTableAssociation|SecurityGroup|NetworkAcl))/

/** What a run can lose for good: gateways, and what decides about packets. */
const CAN_GO = /^AWS::EC2::(Route|NatGateway|VPCEndpoint|NetworkAclEntry|InternetGateway|\w*Connection)$/

export function resourceCommands(id: LogicalId, given: Given): MenuEntry[] {
  const { scenario, playhead, onIntervene, onRemove, onDuplicate } = given
  const type = scenario.resources[id]?.Type ?? ''
  const at = (): number => toSeconds(playhead.get())
  const during: MenuEntry[] = []
  if (SENDERS.includes(type)) {
    for (const count of [1, 10, 100]) {
      during.push({
        label: count === 1 ? 'Send an event now' : `Send ${count} events now`,
        glyph: count === 1 ? 'play' : undefined,
        onSelect: () => onIntervene(count === 1 ? { at: at(), send: id } : { at: at(), send: id, count }),
      })
    }
  } else if (type === ARCHIVE) {
    const now = at()
    for (const [label, back] of [
      ['Replay all of it now', now],
      ['Replay the last hour now', 3_600],
    ] as const) {
      if (back > now) continue
      during.push({ label, glyph: 'play', onSelect: () => onIntervene(replayOf(id, at(), back)) })
    }
    if ((scenario.interventions ?? []).some((one) => 'replay' in one && one.replay === id && one.at <= now))
      during.push({ label: 'Cancel its replays now', onSelect: () => onIntervene({ at: at(), cancel: id }) })
  } else {
    if (isDeadLetterQueue(id, scenario))
      during.push({
        label: 'Move its messages back now',
        glyph: 'retry',
        onSelect: () => onIntervene({ at: at(), set: `/resources/${id}/Behavior/moveTask`, value: { at: at() } }),
      })
    if (type === INSTANCE)
      for (const [label, value, glyph] of [
        ['Stop it now', 'stopped', 'pause'],
        ['Start it now', 'running', 'play'],
      ] as const)
        during.push({
          label,
          glyph,
          onSelect: () => onIntervene({ at: at(), set: `/resources/${id}/Behavior/state`, value }),
        })
    const present = faultOf(id, scenario, at())
    const breaking = (label: string, fault: FaultName): MenuEntry => ({
      label,
      glyph: 'fault',
      onSelect: () => onIntervene({ at: at(), fault, resource: id }),
    })
    if (present !== null)
      during.push({
        label: 'Repair now',
        glyph: 'ok',
        onSelect: () => onIntervene({ at: at(), repair: present, resource: id }),
      })
    else {
      if (!CANNOT_BREAK.test(type)) during.push(breaking('Break now', 'resource-down'))
      if (CAN_GO.test(type)) during.push(breaking('Delete in the run now', 'deleted'))
    }
  }
  return [
    { label: 'Duplicate', shortcut: 'Ctrl+D', onSelect: () => onDuplicate([id]) },
    ...(during.length > 0 ? [{ kind: 'separator' } as const, ...during] : []),
    { kind: 'separator' },
    { label: 'Delete', danger: true, shortcut: 'Del', onSelect: () => onRemove([id]) },
  ]
}

const replayOf = (id: LogicalId, at: number, back: number): Intervention => ({
  at,
  replay: id,
  from: Math.max(0, at - back),
  to: at,
})

const isDeadLetterQueue = (id: LogicalId, { resources }: Scenario): boolean =>
  Object.values(resources).some(
    ({ Type, Properties }) =>
      Type === 'AWS::SQS::Queue' && objectOf(Properties?.['RedrivePolicy'])['deadLetterTargetArn'] === id,
  )

/** The fault that the last fault or repair of a resource up to `at` (s) left it with; null when it is well. */
export function faultOf(id: LogicalId, scenario: Scenario, at: number): FaultName | null {
  let found: FaultName | null = null
  const past = [...(scenario.interventions ?? [])].filter((one) => one.at <= at).sort((a, b) => a.at - b.at)
  for (const one of past) {
    if (named(one) !== id) continue
    found = 'fault' in one ? one.fault : null
  }
  return found
}

const named = (one: Intervention): LogicalId | undefined =>
  'fault' in one || 'repair' in one ? one.resource : undefined
