import { describe, expect, it } from 'vitest'
import { SERVICES } from '../../../services'
import type { AnyStateNode } from 'xstate'
import { chartLayout, type Box } from './chart-layout'
import { chartModel } from './chart-model'

const machines = SERVICES.flatMap((service) =>
  Object.entries(service.machines).map(([name, machine]) => ({ name: `${service.id} ${name}`, machine })),
)
const leafPaths = (node: AnyStateNode): string[] => {
  const children = Object.values(node.states) as AnyStateNode[]
  return children.length === 0 ? [node.path.join('.')] : children.flatMap(leafPaths)
}
const overlaps = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

describe('chartModel', () => {
  it('reads states, nesting and arrows from the machine', () => {
    const environment = machines.find(({ name }) => name === 'lambda environment')
    const model = chartModel(environment!.machine)
    expect(model.initial).toBe('provisioning')
    expect(model.states.map(({ name }) => name)).toEqual([
      'provisioning',
      'mounting',
      'init',
      'restoring',
      'warm',
      'shutdown',
      'reclaimed',
    ])
    const warm = model.states.find(({ name }) => name === 'warm')
    expect(warm?.children.map(({ path }) => path)).toEqual(['warm.idle', 'warm.busy', 'warm.reset'])
    const arrow = (from: string, to: string) => model.arrows.find((it) => it.from === from && it.to === to)?.labels
    expect(arrow('provisioning', 'init')).toEqual(['after provision'])
    expect(arrow('init', 'warm.busy')).toEqual(['after init [has work]'])
    expect(arrow('warm.idle', 'warm.busy')).toEqual(['invoke'])
    expect(arrow('warm', 'reclaimed')).toEqual(['kill'])
  })
})

describe.each(machines)('the picture of $name', ({ machine }) => {
  const model = chartModel(machine)
  const layout = chartLayout(model, 288)
  const leaves = layout.boxes.filter((box) => !box.frame)

  it('shows every state and every arrow, within its width', () => {
    expect(leaves.map(({ path }) => path).sort()).toEqual(leafPaths(machine.root as AnyStateNode).sort())
    expect(layout.routes).toHaveLength(model.arrows.length)
    for (const point of layout.routes.flatMap(({ points }) => points)) {
      expect(point.x).toBeGreaterThanOrEqual(0)
      expect(point.x).toBeLessThanOrEqual(288)
      expect(point.y).toBeGreaterThanOrEqual(0)
    }
  })
  it('keeps states apart and children inside their frame', () => {
    for (const [i, a] of leaves.entries())
      for (const b of leaves.slice(i + 1)) expect(overlaps(a, b), `${a.path} ${b.path}`).toBe(false)
    for (const frame of layout.boxes.filter((box) => box.frame)) {
      for (const box of leaves) {
        const child = box.path.startsWith(`${frame.path}.`)
        expect(overlaps(frame, box), `${frame.path} ${box.path}`).toBe(child)
      }
    }
  })
  it('puts no words over states', () => {
    for (const { label } of layout.routes) {
      if (label === null) continue
      expect(
        leaves.some((box) => label.x > box.x && label.x < box.x + box.w && label.y > box.y && label.y < box.y + box.h),
      ).toBe(false)
    }
  })
  it('has words for the ways out of a state, in the same picture', () => {
    for (const { path } of leaves) {
      const focused = chartLayout(model, 288, path)
      expect(focused.boxes).toEqual(layout.boxes)
      expect(focused.h).toBe(layout.h)
      focused.routes.forEach(({ arrow, label }, i) => {
        const ahead = arrow.from === path || path.startsWith(`${arrow.from}.`)
        // with fewer words there is room at least for those there was room for before
        if (ahead && layout.routes[i]!.label !== null) expect(label, `${arrow.from} to ${arrow.to}`).not.toBe(null)
        if (!ahead && model.arrows.length > 9) expect(label).toBe(null)
      })
    }
  })
  it('is the same each time', () => {
    expect(chartLayout(chartModel(machine), 288)).toEqual(layout)
  })
})
