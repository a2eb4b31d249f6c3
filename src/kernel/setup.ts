import { createMachine, type setup as xstateSetup } from 'xstate'

/**
 * XState's `setup`, typed names included, for the charts of the engine. XState's own brings along every action creator (spawn, send, log,
 * enqueue ...), which charts that are compiled to tables may not use anyway (chart-check.ts), and which the worker would have to load.
 */
export const setup = ((implementations: Parameters<typeof createMachine>[1]) => ({
  createMachine: (config: Parameters<typeof createMachine>[0]) => createMachine(config, implementations),
})) as unknown as typeof xstateSetup
