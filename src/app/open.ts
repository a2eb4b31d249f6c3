/** Ways to bring a document onto the bench: gallery, link, file, this browser, or nothing yet. */
import { loadGate } from './gate'
import type { Scenario } from '../model/scenario'
import { browserFiles } from '../state/document/browserFiles'
import { openFile, saveFile } from '../state/document/files'
import { toMicros } from '../model/units'
import { toast } from '../ui/toast'
import { looksDescribed, looksLikeTemplate } from './bring/looks'
import { networkReady } from './network-view'
import { EMPTY_SCENARIO, type Workspace } from './workspace'

/** What the address asks for: `#s=` a link, `#g=` a gallery scenario, `#d=` a document of this browser, `#new`. `&t=` the second shown. */
export async function openAddress(workspace: Workspace): Promise<void> {
  const hash = new URLSearchParams(location.hash.slice(1))
  const [link, gallery, id] = [hash.get('s'), hash.get('g'), hash.get('d')]
  const at = Number(hash.get('t') ?? 0)
  if (link !== null) await openLink(workspace, link, Number.isFinite(at) ? at : 0)
  else if (gallery !== null) await openGallery(workspace, gallery)
  else if (id !== null) {
    if (workspace.session.store.getState().id === id && workspace.ui.getState().page === 'bench') return
    await loadGate()
    const opened = await workspace.session.open(id)
    if (opened.ok) {
      await networkReady(workspace.scenario())
      show(workspace)
      shown = location.hash
    } else {
      toast.show({ title: opened.message })
      stay(workspace)
    }
  } else if (hash.has('new')) await openEmpty(workspace)
  else if (location.hash === '' || location.hash === '#') workspace.ui.setState({ page: 'start' })
}

/** The address of what is on screen. */
let shown = '#'

/** From its first edit on, a document has an address of its own: a reload brings it back as it was left. Returns how to stop. */
export function followEdits(workspace: Workspace): () => void {
  return workspace.session.history.subscribe(({ kind }) => {
    if (kind !== 'reset' && workspace.ui.getState().page === 'bench') nameDocument(workspace)
  })
}

function nameDocument({ session }: Workspace): void {
  shown = `#d=${session.store.getState().id}`
  if (location.hash !== shown) history.replaceState(null, '', shown)
}

/** Goes on with a copy, under an id and an address of its own. */
export async function duplicateDocument(workspace: Workspace): Promise<void> {
  await workspace.session.duplicate()
  nameDocument(workspace)
}

/** Stores what was begun from a link. */
export async function keepDocument(workspace: Workspace): Promise<void> {
  await workspace.session.keep()
  nameDocument(workspace)
}

/** What was asked for cannot be shown: the document on the bench stays, with its address. */
function stay(workspace: Workspace): void {
  if (workspace.ui.getState().page === 'bench') history.replaceState(null, '', shown)
  else goHome(workspace)
}

/** Shows the bench with what the session holds; nothing of the document before it stays chosen. */
function show(workspace: Workspace, extra: { untrusted?: boolean } = {}): void {
  workspace.ui.setState({
    page: 'bench',
    selection: [],
    row: null,
    event: null,
    entity: null,
    untrusted: extra.untrusted ?? false,
    newer: null,
    dialog: null,
  })
  document.title = `${workspace.scenario().name} · Coldstart`
}

/** Begins a document, unless the present one is unsaved and must be asked about first. */
async function begin(workspace: Workspace, scenario: Scenario, untrusted = false): Promise<boolean> {
  await networkReady(scenario)
  const opened = await workspace.session.begin(scenario)
  if (opened.ok) {
    show(workspace, { untrusted })
    return true
  }
  toast.show({
    title: opened.message,
    action: {
      label: 'Open anyway',
      onAction: () => void workspace.session.begin(scenario, true).then(() => show(workspace, { untrusted })),
    },
  })
  return false
}

export async function openEmpty(workspace: Workspace): Promise<void> {
  if (await begin(workspace, EMPTY_SCENARIO)) address('#new')
}

/** A gallery scenario starts playing at once. */
export async function openGallery(workspace: Workspace, slug: string): Promise<void> {
  if (!/^[a-z0-9-]+$/.test(slug)) return stay(workspace)
  const answer = await fetch(`./scenarios/${slug}.yaml`).catch(() => null)
  const text = answer !== null && answer.ok ? await answer.text() : null
  // YAML and the link codec are loaded where they are needed: the canvas does not wait for them
  const gated = text === null ? null : (await import('../gate/text')).gate(text)
  if (gated === null || !gated.ok) {
    toast.show({ title: `There is no scenario ${slug} in the library.` })
    return stay(workspace)
  }
  if (!(await begin(workspace, gated.scenario))) return
  address(`#g=${slug}`)
  whenReady(workspace, () => workspace.player.send({ type: 'play' }))
}

/** Acts once the first rows of the run are there: before, there is nothing to play or to seek in. */
function whenReady({ run }: Workspace, act: () => void): void {
  const ready = (): boolean => run.status().run >= 0 && run.status().until > 0
  if (ready()) return act()
  const stop = run.subscribe(() => {
    if (!ready()) return
    stop()
    act()
  })
}

/** A link is someone else's: it passes the gate and opens paused, under a banner. */
async function openLink(workspace: Workspace, text: string, at: number): Promise<void> {
  const { decodeLink } = await import('../share/link')
  const decoded = decodeLink(text)
  if (!decoded.ok) {
    if (decoded.code === 'newer' && decoded.json !== undefined) return openNewer(workspace, decoded)
    toast.show({ title: decoded.message })
    return stay(workspace)
  }
  const gated = (await loadGate()).gateJson(decoded.json)
  if (!gated.ok) {
    const [problem] = gated.problems
    toast.show({
      title: 'This link holds no valid scenario.',
      body: problem === undefined ? '' : `${problem.path}: ${problem.message}`,
    })
    return stay(workspace)
  }
  if (!(await begin(workspace, gated.scenario, true))) return
  shown = location.hash
  if (at > 0) whenReady(workspace, () => workspace.player.send({ type: 'seek', at: toMicros(at) }))
}

/** A link of a newer version: what this version understands of it is shown read-only, and what it does not is named. */
async function openNewer(
  workspace: Workspace,
  decoded: { message: string; json?: unknown; unknownKeys: readonly string[] },
): Promise<void> {
  const known = Object.fromEntries(
    Object.entries(decoded.json as object).filter(([key]) => !decoded.unknownKeys.includes(key)),
  )
  const gated = (await loadGate()).gateJson({ ...known, coldstart: 1 })
  if (!gated.ok) {
    toast.show({ title: decoded.message })
    return stay(workspace)
  }
  if (!(await begin(workspace, gated.scenario, true))) return
  shown = location.hash
  workspace.ui.setState({ newer: { unknownKeys: decoded.unknownKeys } })
}

export async function openFromFile(workspace: Workspace): Promise<void> {
  const opened = await openFile(browserFiles())
  if (!opened.ok) {
    if (opened.reason !== 'cancelled') toast.show({ title: opened.message })
    return
  }
  await openText(workspace, opened.name, opened.text)
}

/** Text of a file or a paste: a scenario, or a network as AWS describes it. */
export async function openText(workspace: Workspace, name: string, text: string): Promise<void> {
  if (looksDescribed(text)) {
    await (await import('./bring/import-network')).importNetwork(workspace, [{ name, text }])
    return
  }
  if (looksLikeTemplate(text)) {
    await (await import('./bring/import-network')).importTemplate(workspace, name, text)
    return
  }
  const gated = (await import('../gate/text')).gate(text)
  if (!gated.ok) {
    const [problem] = gated.problems
    toast.show({
      title: `${name} is not a scenario.`,
      body: problem === undefined ? '' : `${problem.path}: ${problem.message}`,
    })
    return
  }
  await beginDocument(workspace, gated.scenario)
}

/** Begins a document of its own and stores it. False when the one before it had to be asked about. */
export async function beginDocument(workspace: Workspace, scenario: Scenario): Promise<boolean> {
  if (!(await begin(workspace, scenario))) return false
  address(`#d=${workspace.session.store.getState().id}`)
  await workspace.session.keep()
  return true
}

export async function saveToFile(workspace: Workspace): Promise<void> {
  const { scenarioFile } = await import('../share/file')
  await saveFile(browserFiles(), scenarioFile(workspace.scenario()))
}

export function goHome(workspace: Workspace): void {
  workspace.player.send({ type: 'pause' })
  address('#')
  document.title = 'Coldstart'
  workspace.ui.setState({ page: 'start', dialog: null })
}

/** Changes the address without a reload or a `hashchange`. */
export function address(hash: string): void {
  shown = hash
  if (location.hash !== hash) history.pushState(null, '', hash)
}
