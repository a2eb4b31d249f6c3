import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/Button'
import { Glyph } from '../ui/glyphs'
import { IconButton } from '../ui/IconButton'
import { Kbd } from '../ui/Kbd'
import { Segmented } from '../ui/Segmented'
import { TextField } from '../ui/TextField'
import { useTheme } from '../ui/theme'
import { continueList, type RecentDocument } from '../state/document/library'
import { loadGallery, TAGS, type GalleryEntry } from './gallery'
import { openEmpty, openFromFile, openGallery, address, openAddress } from './open'
import type { Workspace } from './workspace'
import './start.css'

/** The first screen: an empty canvas, the library, and what was open before. */
export function StartPage({ workspace }: { workspace: Workspace }) {
  const [gallery, setGallery] = useState<readonly GalleryEntry[] | null>(null)
  const [failed, setFailed] = useState('')
  const [recent, setRecent] = useState<readonly RecentDocument[]>([])
  const [tag, setTag] = useState('All')
  const [text, setText] = useState('')
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => {
    loadGallery().then(setGallery, (error: unknown) =>
      setFailed(error instanceof Error ? error.message : String(error)),
    )
    void continueList(workspace.storage, Date.now(), 5).then((listed) => setRecent(listed.ok ? listed.documents : []))
  }, [workspace])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target === search.current || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '/') {
        event.preventDefault()
        search.current?.focus()
      } else if (event.key === 'n' || event.key === 'N') void openEmpty(workspace)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [workspace])
  const wanted = text.trim().toLowerCase()
  const shown = (gallery ?? []).filter(
    (entry) =>
      (tag === 'All' || entry.tags.includes(tag)) &&
      `${entry.name} ${entry.description}`.toLowerCase().includes(wanted),
  )
  return (
    <div className="start">
      <header className="start-top">
        <h1 className="start-mark">
          <Glyph name="mark" size={20} />
          Coldstart
        </h1>
        <ThemeButton />
        <Button variant="quiet" glyph="file" onClick={() => void openFromFile(workspace)}>
          Open a file
        </Button>
      </header>
      <aside className="start-side" aria-label="Begin">
        <p className="start-claim">
          Draw it.
          <br />
          Run it.
          <br />
          Ask it why.
        </p>
        <p className="start-lead">
          A bench for serverless systems. Queues fill, functions start cold, packets get lost, and each tells you the
          reason. Nothing leaves this browser.
        </p>
        <button type="button" className="start-go" data-primary="" onClick={() => void openEmpty(workspace)}>
          Start with an empty canvas <Kbd>N</Kbd>
        </button>
        <button type="button" className="start-go" onClick={() => void openGallery(workspace, 'twenty-at-once')}>
          Run the first scenario <Glyph name="play" />
        </button>
        <button type="button" className="start-go" onClick={() => void openFromFile(workspace)}>
          Open a scenario file <Glyph name="file" />
        </button>
        <button type="button" className="start-go" onClick={() => workspace.ui.setState({ dialog: 'network' })}>
          Bring your own network <Glyph name="vpc" />
        </button>
        {recent.length > 0 && (
          <section aria-label="Continue">
            <h2 className="caps">Continue</h2>
            <ul className="start-recent">
              {recent.map((item) => (
                <li key={item.id}>
                  <button
                    type="button"
                    onClick={() => {
                      address(`#d=${item.id}`)
                      void openAddress(workspace)
                    }}
                  >
                    <Glyph name="vpc" />
                    <span className="truncate">{item.title}</span>
                    <span className="faint xs">{item.saved}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p className="start-note">
          Not affiliated with or endorsed by Amazon. AWS and service names are trademarks of Amazon.com, Inc. or its
          affiliates.
        </p>
      </aside>
      <main className="start-main">
        <div className="start-bar">
          <h2>Scenarios</h2>
          <Segmented
            label="Show scenarios about"
            value={tag}
            options={['All', ...TAGS].map((value) => ({ value, label: value }))}
            onChange={setTag}
          />
          <div className="start-find">
            <TextField
              ref={search}
              type="search"
              glyph="search"
              shortcut="/"
              placeholder="Find"
              value={text}
              onInput={setText}
              aria-label="Find a scenario"
            />
          </div>
        </div>
        {failed !== '' && <p role="alert">{failed}</p>}
        <ul className="start-grid">
          {shown.map((entry) => (
            <li key={entry.slug}>
              <button type="button" className="start-card" onClick={() => void openGallery(workspace, entry.slug)}>
                {/* made by our own gallery script from our own scenario files */}
                <span className="start-picture" aria-hidden="true" dangerouslySetInnerHTML={{ __html: entry.svg }} />
                <span className="start-words">
                  <span className="start-name">
                    <b>{entry.name}</b>
                    <span className="faint xs">{entry.nodes} nodes</span>
                  </span>
                  <span className="start-about">{entry.description}</span>
                </span>
              </button>
            </li>
          ))}
          {gallery !== null && (
            <li>
              <button type="button" className="start-card start-blank" onClick={() => void openEmpty(workspace)}>
                <span className="start-plus">
                  <Glyph name="add" size={20} />
                </span>
                <b>Empty canvas</b>
                <span className="start-about">
                  Place a <Kbd>C</Kbd> client, <Kbd>Q</Kbd> queue, <Kbd>F</Kbd> function
                </span>
              </button>
            </li>
          )}
        </ul>
        {gallery !== null && shown.length === 0 && (
          <p className="start-none">No scenario matches. Clear the search to see all {gallery.length}.</p>
        )}
      </main>
    </div>
  )
}

/** Light, dark, or as the system says. */
export function ThemeButton() {
  const { resolved, setTheme } = useTheme()
  const dark = resolved === 'dark'
  return (
    <IconButton
      glyph={dark ? 'sun' : 'moon'}
      label={dark ? 'Light theme' : 'Dark theme'}
      onClick={() => setTheme(dark ? 'light' : 'dark')}
    />
  )
}
