/** The map (src/README.md), enforced: who may import whom, sizes, complete service folders, no wall clock where a run is computed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SERVICES } from './services'

const SRC = dirname(fileURLToPath(import.meta.url))

/** Folder -> folders it may import besides itself. `services/x` is one service's folder; `services` is what lies beside them, SHARED folders included. */
const MAY_IMPORT: { readonly [folder: string]: readonly string[] } = {
  model: [],
  kernel: ['model'],
  events: ['model'],
  iam: ['model'],
  network: ['model'],
  'services/x': ['services', 'model', 'kernel', 'events', 'iam', 'network'],
  services: ['services/x', 'model', 'kernel', 'iam', 'network'],
  gate: ['services', 'services/x', 'model', 'network', 'iam', 'events'],
  engine: ['services', 'model', 'kernel', 'network', 'iam'],
  worker: ['engine', 'kernel', 'model', 'services'],
  share: ['model', 'gate'],
  drawing: ['model', 'services', 'network', 'iam'],
  iac: ['model', 'services', 'network', 'gate', 'drawing'],
  state: ['model', 'services', 'gate', 'share', 'worker', 'drawing', 'network', 'iam', 'engine'],
  player: ['model', 'state', 'ui', 'services'],
  ui: [],
  canvas: ['model', 'services', 'drawing', 'state', 'player', 'network', 'iam', 'events', 'ui'],
  panels: [
    'model',
    'services',
    'drawing',
    'state',
    'player',
    'canvas',
    'network',
    'iam',
    'events',
    'gate',
    'share',
    'ui',
  ],
  app: [
    'model',
    'iac',
    'services',
    'gate',
    'share',
    'worker',
    'drawing',
    'state',
    'player',
    'canvas',
    'panels',
    'network',
    'iam',
    'ui',
  ],
}

/** Folders below services that belong to no service: what several share. They count as `services`. */
const SHARED = ['delivery']

/** Library -> files that may import it (types are free). The rest of a program should not know it. */
const LIBRARIES: { readonly [library: string]: RegExp } = {
  zod: /^(services\/schema-kit\.ts|services\/\w+\/schema\.ts|gate\/)/,
  xstate: /^(.*machine\.ts|kernel\/|player\/)/,
  '@xstate/react': /^player\//,
  zustand: /^(state|player|app)\//,
  'idb-keyval': /^state\//,
  'monaco-editor': /^panels\/code\//,
  immer: /^(state|canvas|panels)\//,
  '@base-ui/react': /^ui\//,
  uplot: /^panels\//,
  '@xyflow/react': /^(canvas|drawing|app)\//,
}

/** Folders of code that computes a run. What `worker` adds is waiting and posting, which need a clock. */
const WORKER_SAFE = ['model', 'kernel', 'services', 'network', 'iam', 'events', 'engine']
const MAX_LINES = 400
/** Files over the cap, with the reason. It should stay empty. */
const LONG_FILES: { readonly [file: string]: string } = {}

interface Source {
  /** Path below src, with `/`. */
  readonly path: string
  readonly folder: string
  readonly text: string
  readonly test: boolean
}

const isTest = (path: string): boolean =>
  /\.(test|fixture|oracle)\.tsx?$|(^|\/)(testHost|samples)\.ts$|(^|\/)testing\//.test(path)

function folderOf(path: string): string {
  const parts = path.split('/')
  if (parts[0] === 'services' && parts.length > 2) return SHARED.includes(parts[1]!) ? 'services' : 'services/x'
  return parts.length > 1 ? parts[0]! : ''
}

const SOURCES: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map((path) => ({ path, folder: folderOf(path), text: readFileSync(join(SRC, path), 'utf8'), test: isTest(path) }))
const CODE = SOURCES.filter(({ test, folder }) => !test && folder !== '')

/** Without comments, so that prose may name what code may not use. Strings stay: an address in one is no comment. */
const code = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(^|[^:'"`\\])\/\/.*$/gm, (_, before: string | undefined) => before ?? '')

interface Import {
  readonly from: string
  /** Erased by the compiler. */
  readonly types: boolean
}

function importsOf(text: string): Import[] {
  const statics = [...code(text).matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)]
  const dynamics = [...code(text).matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
  return [
    ...statics.map((found) => ({ from: found[2]!, types: found[1] !== undefined })),
    ...dynamics.map((found) => ({ from: found[1]!, types: false })),
  ]
}

/** Path below src that a relative import means, without its extension. */
const target = ({ path }: Source, from: string): string =>
  relative(SRC, resolve(SRC, dirname(path), from.replace(/\?.*$/, ''))).replaceAll('\\', '/')

/** Folder of an import's target; a folder named alone means its index. */
function targetFolder(path: string): string {
  const asFolder = existsSync(join(SRC, path, 'index.ts')) || existsSync(join(SRC, path, 'index.tsx'))
  return folderOf(asFolder ? `${path}/index.ts` : path)
}

describe('imports', () => {
  it('are allowed between their folders', () => {
    const wrong = CODE.flatMap((source) =>
      importsOf(source.text)
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from }) => target(source, from))
        .filter((to) => {
          const folder = targetFolder(to)
          if (source.folder === 'services/x' && folder === 'services/x')
            return to.split('/')[1] !== source.path.split('/')[1]
          return folder !== source.folder && !(MAY_IMPORT[source.folder] ?? []).includes(folder)
        })
        .map((to) => `${source.path} -> ${to}`),
    )
    expect(wrong).toEqual([])
  })

  it('of libraries stay in their places', () => {
    const wrong = CODE.flatMap(({ path, text }) =>
      importsOf(text)
        .filter(({ types }) => !types)
        .filter(({ from }) => {
          const library = Object.keys(LIBRARIES).find((name) => from === name || from.startsWith(`${name}/`))
          return library !== undefined && !LIBRARIES[library]!.test(path)
        })
        .map(({ from }) => `${path} -> ${from}`),
    )
    expect(wrong).toEqual([])
  })

  it('know every folder', () => {
    const folders = [...new Set(CODE.map(({ folder }) => folder))]
    expect(folders.filter((folder) => MAY_IMPORT[folder] === undefined)).toEqual([])
  })

  it('are seen by this test', () => {
    const text =
      "import a from './a'\nimport type { B } from '../b'\nexport * from './c'\nimport './d.css'\nconst e = () => import('./e')\n// import './f'"
    expect(importsOf(text)).toEqual([
      { from: './a', types: false },
      { from: '../b', types: true },
      { from: './c', types: false },
      { from: './d.css', types: false },
      { from: './e', types: false },
    ])
  })
})

describe('files', () => {
  it(`have at most ${MAX_LINES} lines, most far fewer`, () => {
    const lines = CODE.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).sort(
      (x, y) => x.lines - y.lines,
    )
    const median = lines[Math.floor(lines.length / 2)]?.lines ?? 0
    console.info(
      `${lines.length} files, median ${median} lines, longest ${lines.at(-1)?.path} with ${lines.at(-1)?.lines}`,
    )
    expect(lines.filter((file) => file.lines > MAX_LINES && LONG_FILES[file.path] === undefined)).toEqual([])
    const gone = Object.keys(LONG_FILES).filter(
      (path) => !lines.some((file) => file.path === path && file.lines > MAX_LINES),
    )
    expect(gone, 'no longer long: take it off the list').toEqual([])
    expect(median).toBeLessThanOrEqual(150)
  })
})

describe('worker-safe code', () => {
  const FORBIDDEN =
    /\bMath\.(random|log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|sinh|cosh|tanh|asin|acos|atan|atan2|cbrt|hypot)\b|\bDate\b|\bperformance\b|\bsetTimeout\b|\bsetInterval\b|\bcrypto\b/g

  it('has no wall clock, no unseeded randomness and no arithmetic that differs between engines', () => {
    const wrong = CODE.filter(({ path }) => WORKER_SAFE.includes(path.split('/')[0]!) && path.endsWith('.ts'))
      // schemas are the gate's
      .filter(({ path }) => !/\/schema\.ts$|schema-kit\.ts$/.test(path))
      .flatMap(({ path, text }) => {
        const bare = code(text).replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")
        return [...bare.matchAll(FORBIDDEN)].map(([word]) => `${path}: ${word}`)
      })
    expect(wrong).toEqual([])
  })

  it('is checked by a pattern that finds offenders', () => {
    expect('Math.random() + Date.now() + performance.now()'.match(FORBIDDEN)).toHaveLength(3)
    expect('Math.floor(update) + Dated'.match(FORBIDDEN)).toBeNull()
  })
})

describe('services', () => {
  const folders = readdirSync(join(SRC, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !SHARED.includes(entry.name))
    .map(({ name }) => name)

  it.each(folders)('%s is complete', (folder) => {
    const files = readdirSync(join(SRC, 'services', folder), { recursive: true, encoding: 'utf8' })
    const missing = ['index.ts', 'schema.ts', 'guide.md'].filter((file) => !files.includes(file))
    if (!files.some((file) => file.endsWith('.test.ts'))) missing.push('a test')
    expect(missing).toEqual([])
  })

  it('are all registered', () => {
    expect(SERVICES.map(({ id }) => id).sort()).toEqual([...folders].sort())
  })

  it('give every fact its source rows; only what we assume may have none', () => {
    const facts = SERVICES.flatMap(({ facts: table }) => Object.values(table))
    expect(facts.length).toBeGreaterThan(0)
    const unsourced = facts.filter(({ rows, confidence }) => rows.length === 0 && confidence !== 'assumed')
    expect(unsourced.map(({ key }) => key)).toEqual([])
    const malformed = facts
      .flatMap(({ rows }) => rows)
      // EB-N is a table without row numbers
      .filter((row) => !/^(EB-N|[A-Z][A-Z0-9]*(-[A-Z]+)*-\d+[a-z]?)$/.test(row))
    expect(malformed).toEqual([])
    const keys = facts.map(({ key }) => key)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('are the only place that decides by resource type', () => {
    const wrong = CODE.filter(({ path }) => !path.startsWith('services/') && !path.startsWith('network/')).flatMap(
      ({ path, text }) =>
        [...code(text).matchAll(/case '(AWS|Coldstart)::\w+[^']*'/g)].map(([word]) => `${path}: ${word}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('src/README.md', () => {
  const map = readFileSync(join(SRC, 'README.md'), 'utf8')

  it('lists every folder', () => {
    const folders = readdirSync(SRC, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    expect(folders.filter((folder) => !map.includes(`\`${folder}/\``))).toEqual([])
  })

  it('names files that exist', () => {
    const answers = map.slice(map.indexOf('## Where is'))
    const named = [...answers.matchAll(/`([\w./-]+\/[\w.-]+\.(?:tsx?|css))`/g)].map(([, path]) => path!)
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((path) => !existsSync(join(SRC, path)))).toEqual([])
  })
})
