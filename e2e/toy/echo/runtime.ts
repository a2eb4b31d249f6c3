import { Outcome } from '../../model/recording'
import type { Runtime, ServiceContext } from '../service'
import { ECHO } from './kinds'

export function install(context: ServiceContext): Runtime {
  const { kernel, calls } = context
  const refused = context.reason('echo.refused')
  const left = new Map<number, number>()
  const delay = new Map<number, () => number>()
  for (const id of context.ids(ECHO)) {
    const properties = context.properties(id)
    left.set(context.index(id), Number(properties['MaximumEchoes']))
    const own = properties['Delay']
    delay.set(
      context.index(id),
      context.sampler(typeof own === 'number' ? own : context.fact('echo.delay'), id, 'delay'),
    )
  }
  const answering = kernel.handler((request) => calls.answer(request, Outcome.ok))
  return {
    handle(request) {
      const resource = calls.target(request)
      const echoes = left.get(resource) ?? 0
      left.set(resource, echoes - 1)
      if (echoes > 0) kernel.after(delay.get(resource)?.() ?? 0, answering, request)
      else {
        context.explain(refused, resource)
        calls.answer(request, Outcome.error)
      }
    },
  }
}
