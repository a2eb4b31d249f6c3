/** The network analysis as the drawing asks it, loaded when a document has a network. */
import type { StoreApi } from 'zustand/vanilla'
import { hasNetwork, PLAIN_NETWORK_VIEW, type NetworkView } from '../drawing'
import type { Scenario } from '../model/scenario'
import type { UiState } from './ui-store'

let loaded: NetworkView | null = null

async function load(): Promise<void> {
  loaded ??= (await import('../drawing/network')).NETWORK_VIEW
}

/** To be waited for before a document is shown, so that its interfaces are drawn at once. */
export const networkReady = (scenario: Scenario): Promise<void> | null =>
  loaded === null && hasNetwork(scenario) ? load() : null

/** The view for a document; while it is on its way the plain one, and the page is told when it came. */
export function networkView(scenario: Scenario, ui: StoreApi<UiState>): NetworkView {
  const coming = networkReady(scenario)
  if (coming === null) return loaded ?? PLAIN_NETWORK_VIEW
  void coming.then(() => ui.setState({ networks: true }))
  return PLAIN_NETWORK_VIEW
}
