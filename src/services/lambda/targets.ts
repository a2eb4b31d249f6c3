/** What wires and checks of functions share. */
export * from './connectors/targets'
