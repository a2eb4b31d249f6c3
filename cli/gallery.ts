/** Makes public/scenarios/index.json: what the start page shows of each scenario, thumbnail included. Run by `npm run gallery`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawing } from '../src/drawing'
import { NETWORK_VIEW } from '../src/drawing/network'
import { thumbnail } from './thumbnail'
import { gate } from '../src/gate/text'
import { KINDS } from '../src/services/kinds'
import { CONNECTORS } from '../src/services/connectors'

/** Order on the start page, and what each is about. */
const SHOWN: { readonly [slug: string]: readonly string[] } = {
  'twenty-at-once': ['Cold starts'],
  'one-after-another': ['Cold starts'],
  'what-stays': ['Cold starts'],
  'spill-over': ['Cold starts', 'Versions'],
  'canary-release': ['Versions'],
  orders: ['Events', 'Queues', 'Network'],
  'three-consumers': ['Events'],
  'fan-out': ['Events', 'Queues'],
  'every-five-minutes': ['Events'],
  'replay-after-the-fix': ['Events'],
  'stop-start-protect': ['Events'],
  'poison-message': ['Queues'],
  'partial-batch': ['Queues'],
  'message-groups': ['Queues'],
  backlog: ['Queues'],
  'workers-by-backlog': ['Queues'],
  'poison-in-one-shard': ['Events', 'Queues'],
  'add-versus-set': ['Events'],
  'two-destinations': ['Events'],
  'four-sources': ['Events', 'Queues'],
  loop: ['Events', 'Queues'],
  thumbnails: ['Events'],
  'clicks-to-bucket': ['Events'],
  'alb-function': ['Network'],
  'no-way-out': ['Network'],
  'nat-way-out': ['Network'],
  'nat-in-private': ['Network'],
  'answer-lost': ['Network'],
  'black-hole': ['Network'],
  'endpoint-unused': ['Network'],
  'enis-now': ['Network'],
  'enis-then': ['Network', 'Cold starts'],
  'noisy-neighbour': ['Cold starts'],
  'steady-poisson': ['Cold starts'],
}

/** The index as text; throws when a file is invalid or not listed. */
export function galleryIndex(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  const unlisted = files.filter((file) => SHOWN[file.replace(/\.yaml$/, '')] === undefined)
  if (unlisted.length > 0) throw new Error(`not listed in cli/gallery.ts: ${unlisted.join(', ')}`)
  const entries = Object.entries(SHOWN).map(([slug, tags]) => {
    const gated = gate(readFileSync(join(folder, `${slug}.yaml`), 'utf8'))
    if (!gated.ok) throw new Error(`${slug}: ${gated.problems[0]?.path} ${gated.problems[0]?.message}`)
    const picture = drawing(gated.scenario, { kinds: KINDS, connectors: CONNECTORS }, NETWORK_VIEW)
    return {
      slug,
      name: gated.scenario.name,
      description: gated.scenario.description ?? '',
      nodes: picture.nodes.filter((node) => node.shape === 'node').length,
      tags,
      svg: thumbnail(picture),
    }
  })
  return `${JSON.stringify(entries, null, 1)}\n`
}

export function writeGallery(folder: string): void {
  writeFileSync(join(folder, 'index.json'), galleryIndex(folder))
}
