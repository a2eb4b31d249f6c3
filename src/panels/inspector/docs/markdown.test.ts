import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInline, parseMarkdown } from './markdown'

const text = (value: string) => [{ kind: 'text', text: value }]

describe('parseMarkdown', () => {
  it('reads what guides use', () => {
    const blocks = parseMarkdown(
      '# Title\n\nOne\ntwo.\n\n- a\n  more\n- b\n\n1. x\n2. y\n\n```\ncode *x*\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n',
    )
    expect(blocks).toEqual([
      { kind: 'heading', level: 1, inline: text('Title') },
      { kind: 'paragraph', inline: text('One two.') },
      { kind: 'list', ordered: false, items: [text('a more'), text('b')] },
      { kind: 'list', ordered: true, items: [text('x'), text('y')] },
      { kind: 'code', text: 'code *x*' },
      { kind: 'table', head: [text('A'), text('B')], rows: [[text('1'), text('2')]] },
    ])
  })
  it('begins a list right after a paragraph', () => {
    expect(parseMarkdown('Why:\n- a').map(({ kind }) => kind)).toEqual(['paragraph', 'list'])
  })
  it('ends on any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('#', '# a', '```', '|', '|--|', '- x', '  y', '', '1. ', 'word', '**')),
        (lines) => {
          parseMarkdown(lines.join('\n'))
        },
      ),
    )
  })
})

describe('parseInline', () => {
  it('reads bold, code and https links', () => {
    expect(parseInline('a **b** `c*` [d](https://e.example)')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'bold', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'c*' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'd', href: 'https://e.example' },
    ])
  })
  it('drops emphasis, and leaves names with underscores', () => {
    expect(parseInline('_at least once_ a_b_c *x* 2 * 3 * 4')).toEqual(text('at least once a_b_c x 2 * 3 * 4'))
  })
  it('links nowhere else', () => {
    expect(parseInline('[x](javascript:alert)')).toEqual(text('x'))
    expect(parseInline('<b>x</b>')).toEqual(text('<b>x</b>'))
  })
})
