import { Table } from '../../kernel/columns'
import type { Sampler } from '../../kernel/sampler'
import { Outcome } from '../../model/recording'
import type { Duration, Resource } from '../../model/scenario'
import { integer, properties, text } from '../../network/read'
import type { Runtime, ServiceContext } from '../service'
import { DATABASE, isPostgres, memoryOf } from './settings'

/** A query holds one connection from arrival to answer; beyond the most, it is refused at once. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls } = context
  const refused = context.reason('rds.tooManyConnections')
  const ids = context.ids(DATABASE)
  const databases = kernel.part(new Table(8))
  const open = databases.i32()
  const rowOf: number[] = []
  const most: number[] = []
  const latency: Sampler[] = []
  const connections: ((value: number) => void)[] = []
  const refusals: number[] = []

  const configure = (resource: number, database: Resource): void => {
    const id = context.id(resource)
    const behavior = database.Behavior ?? {}
    const row = rowOf[resource]!
    latency[row] = context.sampler(
      (behavior['latency'] as Duration | undefined) ?? context.fact('rds.latency'),
      id,
      'latency',
    )
    most[row] = integer(behavior['maxConnections']) ?? defaultMost(database)
  }
  const defaultMost = (database: Resource): number => {
    const memory = memoryOf(text(properties(database)['DBInstanceClass']))
    return isPostgres(database)
      ? Math.min(Math.floor(memory / context.number('rds.postgresBytes')), context.number('rds.postgresMost'))
      : Math.floor(memory / context.number('rds.mysqlBytes'))
  }

  for (const id of ids) {
    const resource = context.index(id)
    rowOf[resource] = databases.add()
    connections.push(context.level(resource, 'connections', 'DatabaseConnections'))
    refusals.push(kernel.metrics.series(id, 'RefusedConnections', 'count'))
    configure(resource, context.scenario().resources[id]!)
  }

  const hold = (row: number, change: number): void => {
    open.data[row] = open.data[row]! + change
    connections[row]!(open.data[row])
  }
  const answering = kernel.handler((request) => {
    hold(rowOf[calls.target(request)]!, -1)
    calls.answer(request, Outcome.ok)
  })

  return {
    handle(request) {
      const resource = calls.target(request)
      const row = rowOf[resource]
      // a subnet group answers nothing
      if (row === undefined) return calls.answer(request, Outcome.error)
      if (open.data[row]! >= most[row]!) {
        kernel.metrics.count(refusals[row]!)
        context.explain(refused, resource, resource, most[row])
        return calls.answer(request, Outcome.error)
      }
      hold(row, 1)
      kernel.after(latency[row]!(), answering, request)
    },
    configure(resource, scenario) {
      if (rowOf[resource] !== undefined) configure(resource, scenario.resources[context.id(resource)]!)
    },
  }
}
