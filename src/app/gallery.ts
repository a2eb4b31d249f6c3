/** The scenario library: what `npm run gallery` read from public/scenarios. */
export interface GalleryEntry {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly nodes: number
  readonly tags: readonly string[]
  /** Drawing in miniature: SVG markup in theme colours. */
  readonly svg: string
}

export const TAGS = ['Cold starts', 'Versions', 'Queues', 'Events', 'Network'] as const

export async function loadGallery(): Promise<readonly GalleryEntry[]> {
  const answer = await fetch('./scenarios/index.json')
  if (!answer.ok) throw new Error('The library could not be read. Reload the page.')
  return (await answer.json()) as GalleryEntry[]
}
