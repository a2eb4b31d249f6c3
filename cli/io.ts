import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a verb may do to the outside. Tests give their own. */
export interface Io {
  /** Text of a file, or of standard input for `-`. Throws Refusal. */
  read(path: string): string
  exists(path: string): boolean
  /** Paths of all files below a folder, with `/`; null when it is none. Throws Refusal when there are too many. */
  files?(path: string): readonly string[] | null
  write(text: string): void
  /** One line on standard error. */
  complain(line: string): void
}

/** Ends a verb with one line on standard error. Exit 2: it could not be done as asked. */
export class Refusal extends Error {
  readonly exit: number
  constructor(message: string, exit = 2) {
    super(message)
    this.exit = exit
  }
}

/** Nothing we read is larger; it is refused unread. */
const MAX_BYTES = 256 * 1024 * 1024

/** The package's folder, from `cli/` as from `dist-cli/`. */
const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), '..')
export const GALLERY = join(PACKAGE, 'public', 'scenarios')

function readFile(path: string): string {
  try {
    if (path === '-') return unmarked(readFileSync(0, 'utf8'))
    const stat = statSync(path)
    if (stat.isDirectory()) throw new Refusal(`${path} is a folder`)
    if (stat.size > MAX_BYTES) throw new Refusal(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MiB`)
    return unmarked(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Refusal) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw new Refusal(
      code === 'ENOENT' ? `${path} does not exist` : `${path} cannot be read: ${(error as Error).message}`,
    )
  }
}

/** Text without the mark that some editors begin a file with. */
const unmarked = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

const MAX_FILES = 2_000

function filesBelow(path: string): readonly string[] | null {
  if (path === '-' || !existsSync(path) || !statSync(path).isDirectory()) return null
  const files: string[] = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(join(path, folder), { withFileTypes: true })) {
      const below = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) open.push(below)
      else if (entry.isFile()) files.push(below)
      if (files.length + open.length > MAX_FILES) throw new Refusal(`${path} holds more than ${MAX_FILES} files`)
    }
  }
  return files.sort()
}

export const NODE_IO: Io = {
  read: readFile,
  exists: existsSync,
  files: filesBelow,
  write: (text) => process.stdout.write(text),
  complain: (line) => process.stderr.write(`${line}\n`),
}

/** A text for a line of its own: what would break the line is spelled out. */
export const oneLine = (text: string): string =>
  text
    .replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ')
    .replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))
