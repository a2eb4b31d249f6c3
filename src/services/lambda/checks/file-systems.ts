import type { Json, JsonObject } from '../../../model/scenario'
import { evaluate, statementsOf } from '../../../iam'
import { list, object, refs } from '../../../network/read'
import { MOUNT, mountOf, ofSubnet, pathIn, subnetOf, targetsOf, withoutTarget, WRITE } from '../../file-systems'
import { pointer } from '../../edit'
import { withPermission } from '../../roles'
import type { Check, Problem } from '../../service'
import { configurations } from './families'
import { removing, report, textOf } from './report'

const CONFIGS = 'FileSystemConfigs'

const filesOf = (steps: Json | undefined): { index: number; file: string; writes: boolean }[] =>
  list(steps).flatMap((step, index) => {
    const { write, read }: JsonObject = object(step)
    const file = textOf(write ?? read)
    return file === null ? [] : [{ index, file, writes: write !== undefined }]
  })

/** LAM-67, SS-2: what mounting a file system needs. */
export const fileSystems: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, fn, properties, behavior, at }): Problem[] => {
    const mount = mountOf(properties, scenario)
    const files = filesOf(behavior['steps'])
    const problems = files.flatMap(({ index, file }): Problem[] => {
      if (!file.startsWith('/mnt/') || pathIn(mount, file) !== null) return []
      const where = mount === null ? 'and mounts nothing' : `and mounts ${mount.path}`
      const message = `${own} uses ${file} ${where}. Mount a file system there, or use a name alone for a file in /tmp.`
      return report('warning', at('Behavior', 'steps', index), message)
    })
    if (mount === null) return problems
    const path = at('Properties', CONFIGS)
    const { SubnetIds } = object(properties['VpcConfig'])
    const subnets = refs(SubnetIds)
    if (subnets.length === 0) {
      const message = `${own} mounts ${mount.fileSystem} and is in no VPC. Give it subnets, or remove the mount (LAM-67).`
      const words = `Function must be configured to execute in a VPC to reference access point ${mount.accessPoint}.`
      problems.push(
        ...report('error', path, message, words, path === null ? undefined : removing('Remove the mount', path)),
      )
      return problems
    }
    if (object(properties['SnapStart'])['ApplyOn'] === 'PublishedVersions')
      problems.push(
        ...report(
          'error',
          path,
          `${own} mounts ${mount.fileSystem} and uses SnapStart, which has no file systems (SS-2). Keep one of them.`,
        ),
      )
    const of = (target: string): string | null => ofSubnet(subnetOf(target, scenario), 'VpcId', scenario)
    const targets = targetsOf(mount.fileSystem, scenario)
    const vpc = ofSubnet(subnets[0]!, 'VpcId', scenario)
    const elsewhere = targets.find((target) => of(target) !== vpc)
    if (elsewhere !== undefined) {
      const message = `${own} is in ${vpc}, ${elsewhere} of ${mount.fileSystem} in ${of(elsewhere)}. Put both in one VPC (LAM-67).`
      problems.push(...report('error', path, message))
      return problems
    }
    for (const { subnet, zone, fix } of withoutTarget(properties, scenario)) {
      const message = `${mount.fileSystem} has no mount target in zone ${zone ?? '?'}, where ${own} runs in ${subnet}. Environments there cannot mount it. Add one (LAM-67).`
      problems.push(...report('warning', path, message, null, fix))
    }
    const role = textOf(properties['Role']) ?? ''
    const document = scenario.resources[role]
    if (document === undefined) return problems
    const statements = statementsOf(document)
    const writes = files.some((it) => it.writes && pathIn(mount, it.file) !== null)
    for (const action of writes ? [MOUNT, WRITE] : [MOUNT]) {
      if (evaluate({ statements, action, resource: [mount.fileSystem] }).allowed) continue
      const message = `${role} may not ${action} on ${mount.fileSystem}, so ${own} cannot ${action === MOUNT ? 'mount it' : 'write'}. Grant it (LAM-67).`
      const granted = withPermission(scenario, fn, action, mount.fileSystem)[role]
      const fix =
        granted === undefined
          ? undefined
          : { title: `Grant ${action}`, patches: [{ op: 'replace' as const, path: pointer(role), value: granted }] }
      problems.push(...report('warning', path, message, null, fix))
    }
    return problems
  })
