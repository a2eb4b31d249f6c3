import { fileURLToPath } from 'node:url'
import { runnerImport, type Plugin } from 'vite'
import type { AnyStateMachine } from 'xstate'

interface Compiler {
  compileChart(machine: AnyStateMachine): unknown
}

const COMPILER = fileURLToPath(new URL('../src/kernel/chart.ts', import.meta.url))

/**
 * Compiles the charts of the engine while the worker is built: XState computes their tables here, by the very code that computes them in
 * tests and on the command line, and need not be loaded by the worker. `*machine.ts` exports the table in place of the machine, and
 * `compileChart` gives it back as it is.
 */
export const workerCharts = (): Plugin => ({
  name: 'coldstart:worker-charts',
  enforce: 'pre',
  async transform(_, id) {
    if (id === COMPILER) return { code: 'export const compileChart = (chart) => chart', map: null }
    if (!/\/src\/(services\/[a-z0-9]+(\/[a-z]+)?|engine)\/([a-z-]+\.)?machine\.ts$/.test(id)) return null
    const { module } = await runnerImport<{ [name: string]: AnyStateMachine }>(id)
    const { compileChart } = (await runnerImport<Compiler>(COMPILER)).module
    const tables = Object.entries(module).map(
      ([name, machine]) => `export const ${name} = ${JSON.stringify(compileChart(machine))}`,
    )
    return { code: tables.join('\n'), map: null }
  },
})
