/** From texts of `aws ec2 describe-*` to a document on the bench. Loaded when somebody brings a network; nothing is sent anywhere. */
import { importDescribe, MAX_CHARACTERS, MAX_FILES, type DescribeFile } from '../../iac/describe'
import { laidOut } from '../../iac/describe/layout'
import { networkOfTemplate } from '../../iac/template'
import { fitted } from '../../iac/fit'
import type { Scenario } from '../../model/scenario'
import { toast } from '../../ui/toast'
import { loadGate } from '../gate'
import { beginDocument } from '../open'
import type { Workspace } from '../workspace'

/** Shows the network, then what of it was not understood. False when there is none in the texts. */
export async function importNetwork(
  workspace: Workspace,
  files: readonly DescribeFile[],
  name?: string,
): Promise<boolean> {
  const read = importDescribe(files, name)
  if (!read.ok) {
    toast.show({ kind: 'error', title: 'This is no network from AWS.', body: read.message })
    return false
  }
  const notes = [...read.notes]
  const scenario = fitted(read.scenario, (note) => notes.push(note))
  return show(workspace, scenario, notes)
}

/** Shows what of a CloudFormation template is known here. */
export async function importTemplate(workspace: Workspace, name: string, text: string): Promise<boolean> {
  const notes: string[] = []
  const note = (said: string): void => void notes.push(said)
  try {
    const stem = name.replace(/\.\w+$/, '')
    const scenario = networkOfTemplate(text, stem, note, (message): never => {
      throw new Error(message)
    })
    return await show(workspace, fitted(scenario, note), [...new Set(notes)])
  } catch (error) {
    toast.show({ kind: 'error', title: `${name} cannot be opened.`, body: error instanceof Error ? error.message : '' })
    return false
  }
}

async function show(workspace: Workspace, scenario: Scenario, notes: readonly string[]): Promise<boolean> {
  const gated = (await loadGate()).gateJson(laidOut(scenario))
  if (!gated.ok) {
    const [problem] = gated.problems
    toast.show({
      kind: 'error',
      title: 'The network cannot be opened.',
      body: `${problem?.path ?? ''} ${problem?.message ?? ''}`,
    })
    return false
  }
  if (!(await beginDocument(workspace, gated.scenario))) return false
  const counts = new Map<string, number>()
  for (const { Type } of Object.values(gated.scenario.resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1)
  workspace.ui.setState({ dialog: 'network', imported: { counts: [...counts], notes } })
  return true
}

/** Reads chosen or dropped files: JSON only, and no more than an import takes. */
export async function importFiles(
  workspace: Workspace,
  files: readonly { path: string; file: File }[],
): Promise<boolean> {
  const wanted = files.filter(({ path }) => /\.(?:json|txt)$/i.test(path))
  const bytes = wanted.reduce((sum, { file }) => sum + file.size, 0)
  if (wanted.length === 0 || wanted.length > MAX_FILES || bytes > MAX_CHARACTERS) {
    const found = wanted.length === 0 ? 'no .json file' : `${wanted.length} files with ${(bytes / 1e6).toFixed(1)} MB`
    toast.show({
      kind: 'error',
      title: `There is ${found}.`,
      body: `At most ${MAX_FILES} files and ${MAX_CHARACTERS / 1e6} MB are read.`,
    })
    return false
  }
  const texts = await Promise.all(wanted.map(async ({ path, file }) => ({ name: path, text: await file.text() })))
  return importNetwork(workspace, texts, wanted[0]?.path.split('/').at(-2))
}

/** Files below dropped folders. Entries must be taken from the event at once; they may be read later. */
export async function importDropped(workspace: Workspace, entries: readonly FileSystemEntry[]): Promise<boolean> {
  const files: { path: string; file: File }[] = []
  const open = [...entries]
  for (let entry = open.shift(); entry !== undefined && files.length <= MAX_FILES; entry = open.shift()) {
    if (isFile(entry)) files.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) })
    else open.push(...(await childrenOf(entry as FileSystemDirectoryEntry)))
  }
  return importFiles(workspace, files)
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const fileOf = async (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  // a reader hands out a hundred at a time and ends with none
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0 || all.length > MAX_FILES) return all
    all.push(...some)
  }
}
