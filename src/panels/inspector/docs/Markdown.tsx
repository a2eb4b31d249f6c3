import { useMemo, type JSX } from 'react'
import { parseMarkdown, type Block, type Inline } from './markdown'

/** Text in Markdown as elements. Nothing in it becomes HTML. Its headings begin at level 3, below the panel's. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text])
  return (
    <div className="insp-prose">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }): JSX.Element {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <h3>
          <Words inline={block.inline} />
        </h3>
      ) : (
        <h4>
          <Words inline={block.inline} />
        </h4>
      )
    case 'paragraph':
      return (
        <p>
          <Words inline={block.inline} />
        </p>
      )
    case 'code':
      return (
        <pre className="mono">
          <code>{block.text}</code>
        </pre>
      )
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Words inline={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <table className="ui-table">
          <thead>
            <tr>
              {block.head.map((cell, index) => (
                <th key={index} scope="col">
                  <Words inline={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={at}>
                    <Words inline={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

function Words({ inline }: { inline: readonly Inline[] }) {
  return inline.map((part, index) => {
    switch (part.kind) {
      case 'bold':
        return (
          <b key={index} className="strong">
            {part.text}
          </b>
        )
      case 'code':
        return (
          <code key={index} className="mono">
            {part.text}
          </code>
        )
      case 'link':
        return (
          <a key={index} href={part.href} target="_blank" rel="noreferrer">
            {part.text}
          </a>
        )
      default:
        return <span key={index}>{part.text}</span>
    }
  })
}
