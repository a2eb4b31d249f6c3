/** The menu of a resource: what can be done to it, and to it during the run. */
import type { FaultName, Intervention, LogicalId, Scenario } from '../../model/scenario'
import { toSeconds } from '../../model/units'
import type { MenuEntry } from '../../ui/Menu'
import type { InspectorProps } from './types'

type Given = Pick<InspectorProps, 'scenario' | 'playhead' | 'onIntervene' | 'onRemove' | 'onDuplicate'>

const CLIENT = 'Coldstart::Client'
/** What can fail as a whole: it answers calls or carries them. */
const CANNOT_BREAK =
  /^(AWS::IAM::|Coldstart::Client$|AWS::EC2::(Route|SubnetRouteTableAssociation|SecurityGroup|NetworkAcl))/

/** What a run can lose for good: gateways, and what decides about packets. */
const CAN_GO = /^AWS::EC2::(Route|NatGateway|VPCEndpoint|NetworkAclEntry|InternetGateway|\w*Connection)$/

export function resourceCommands(id: LogicalId, given: Given): MenuEntry[] {
  const { scenario, playhead, onIntervene, onRemove, onDuplicate } = given
  const type = scenario.resources[id]?.Type ?? ''
  const at = (): number => toSeconds(playhead.get())
  const during: MenuEntry[] = []
  if (type === CLIENT) {
    for (const count of [1, 10, 100]) {
      during.push({
        label: count === 1 ? 'Send an event now' : `Send ${count} events now`,
        glyph: count === 1 ? 'play' : undefined,
        onSelect: () => onIntervene(count === 1 ? { at: at(), send: id } : { at: at(), send: id, count }),
      })
    }
  } else {
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
