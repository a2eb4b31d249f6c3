/** Monaco's colours from the tokens of the page. */
import type { ResolvedTheme } from '../../ui/theme'
import type { monaco as Monaco } from './monaco'

type Api = typeof Monaco

/** Defines the theme anew from the tokens in force, and switches to it. */
export function applyTheme(monaco: Api, theme: ResolvedTheme): void {
  const read = tokenReader()
  const color = (name: string) => `#${read(name)}`
  const name = `coldstart-${theme}`
  monaco.editor.defineTheme(name, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: read('--c-ink') },
      { token: 'type', foreground: read('--c-ink'), fontStyle: '' },
      { token: 'string.key.json', foreground: read('--c-ink') },
      { token: 'string.value.json', foreground: read('--s-private') },
      { token: 'number.json', foreground: read('--s-init') },
      { token: 'keyword.json', foreground: read('--s-init') },
      { token: 'string', foreground: read('--s-private') },
      { token: 'number', foreground: read('--s-init') },
      { token: 'keyword', foreground: read('--s-init') },
      { token: 'comment', foreground: read('--c-ink-3') },
      { token: 'delimiter', foreground: read('--c-ink-3') },
      { token: 'operators', foreground: read('--c-ink-3') },
    ],
    colors: {
      'editor.background': color('--c-panel'),
      'editor.foreground': color('--c-ink'),
      'editorLineNumber.foreground': color('--c-ink-3'),
      'editorLineNumber.activeForeground': color('--c-ink'),
      'editorCursor.foreground': color('--c-now'),
      'editor.selectionBackground': color('--c-now-soft'),
      'editor.lineHighlightBackground': color('--c-sunken'),
      'editor.lineHighlightBorder': '#00000000',
      'editorIndentGuide.background1': color('--c-line'),
      'editorIndentGuide.activeBackground1': color('--c-line-strong'),
      'editorWidget.background': color('--c-raised'),
      'editorWidget.foreground': color('--c-ink'),
      'editorWidget.border': color('--c-line-strong'),
      'editorHoverWidget.background': color('--c-raised'),
      'editorHoverWidget.border': color('--c-line-strong'),
      'editorSuggestWidget.background': color('--c-raised'),
      'editorSuggestWidget.selectedBackground': color('--c-now-soft'),
      'editorSuggestWidget.selectedForeground': color('--c-ink'),
      'editorSuggestWidget.highlightForeground': color('--c-now'),
      'editorSuggestWidget.focusHighlightForeground': color('--c-now'),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, color('--c-ink-3')]),
      ),
      'editorError.foreground': color('--s-error'),
      'editorWarning.foreground': color('--s-throttled'),
      'editorInfo.foreground': color('--c-ink-2'),
      focusBorder: color('--c-now'),
      'scrollbarSlider.background': `${color('--c-line-control')}55`,
      'scrollbarSlider.hoverBackground': `${color('--c-line-control')}88`,
    },
  })
  monaco.editor.setTheme(name)
}

/** Reads a token as six hex digits: `light-dark()` is resolved by the browser on an element that uses it. */
function tokenReader(): (name: string) => string {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  queueMicrotask(() => probe.remove())
  return (name) => {
    probe.style.color = `var(${name})`
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? []
    return parts
      .slice(0, 3)
      .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
      .join('')
  }
}
