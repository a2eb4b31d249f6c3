/** Reads the little Markdown our guides use: headings, paragraphs, lists, tables, code; bold, code and links inside. No HTML. */

export type Inline =
  | { readonly kind: 'text' | 'bold' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly inline: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inline: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }

const ITEM = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/

export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  const line = () => lines[at] ?? ''
  while (at < lines.length) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line())
    if (line().trim() === '') at++
    else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, inline: parseInline(heading[2] ?? '') })
      at++
    } else if (line().startsWith('```')) blocks.push(code())
    else if (isTable()) blocks.push(table())
    else if (ITEM.test(line())) blocks.push(list())
    else blocks.push({ kind: 'paragraph', inline: parseInline(paragraph()) })
  }
  return blocks

  function code(): Block {
    const from = ++at
    while (at < lines.length && !line().startsWith('```')) at++
    return { kind: 'code', text: lines.slice(from, at++).join('\n') }
  }

  function isTable(): boolean {
    return line().includes('|') && /^\s*\|?\s*:?-{2,}[\s|:-]*$/.test(lines[at + 1] ?? '')
  }

  function table(): Block {
    const head = cells(line())
    at += 2
    const rows: Inline[][][] = []
    for (; line().includes('|'); at++) rows.push(cells(line()))
    return { kind: 'table', head, rows }
  }

  function list(): Block {
    const ordered = ITEM.exec(line())?.[1] !== undefined
    const items: string[] = []
    for (; at < lines.length && line().trim() !== ''; at++) {
      const item = ITEM.exec(line())
      if (item) items.push(item[2] ?? '')
      else if (/^\s/.test(line()) && items.length > 0) items[items.length - 1] += ` ${line().trim()}`
      else break
    }
    return { kind: 'list', ordered, items: items.map(parseInline) }
  }

  function paragraph(): string {
    const from = at
    do at++
    while (at < lines.length && line().trim() !== '' && !/^(#{1,6}\s|```)/.test(line()) && !ITEM.test(line()))
    return lines
      .slice(from, at)
      .map((part) => part.trim())
      .join(' ')
  }
}

const cells = (row: string): Inline[][] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()))

/** `code`, **bold**, [text](https://...). Links elsewhere than https stay text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g
  let end = 0
  // the page has no italics: emphasis is read and dropped
  const plain = (part: string) => {
    const text = part.replace(/(^|[^\w*_])([*_])(\S(?:[^*_]*\S)?)\2(?![\w*_])/g, '$1$3')
    if (text !== '') parts.push({ kind: 'text', text })
  }
  for (const match of text.matchAll(pattern)) {
    plain(text.slice(end, match.index))
    end = match.index + match[0].length
    const [, codeText, bold, label, href] = match
    if (codeText !== undefined) parts.push({ kind: 'code', text: codeText })
    else if (bold !== undefined) parts.push({ kind: 'bold', text: bold })
    else if (label !== undefined && href?.startsWith('https://') === true)
      parts.push({ kind: 'link', text: label, href })
    else plain(label ?? '')
  }
  plain(text.slice(end))
  return parts
}
