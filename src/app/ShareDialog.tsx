import { useState } from 'react'
import { linkAdvice } from '../share/advice'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { announce } from '../ui/announce'
import { encodeLink } from '../share/link'
import { saveToFile } from './open'
import type { Workspace } from './workspace'

/** The link that carries the whole scenario; nothing is uploaded. */
export default function ShareDialog({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const [link] = useState(() => linkOf(workspace))
  const [copied, setCopied] = useState(false)
  const advice = linkAdvice(link.length)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link)
    setCopied(true)
    announce('Link copied')
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Share this scenario"
      description="The link holds the whole drawing, its seed and the time you look at. Whoever opens it sees the same run. Nothing is uploaded."
      width={640}
      footer={
        <>
          <Button onClick={() => void saveToFile(workspace)}>Save a file instead</Button>
          <Button variant="primary" glyph={copied ? 'check' : 'link'} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy link'}
          </Button>
        </>
      }
    >
      <label className="share-link">
        <span className="caps">Link, {link.length.toLocaleString('en')} characters</span>
        <textarea className="mono" readOnly rows={4} value={link} onFocus={(event) => event.target.select()} />
      </label>
      {advice.kind !== 'fits' && <p className="share-advice">{advice.message}</p>}
    </Dialog>
  )
}

/** The link to what is on screen, at the playhead's time. */
function linkOf(workspace: Workspace): string {
  const seconds = Math.round(workspace.player.playhead.get() / 1_000) / 1_000
  return `${location.origin}${location.pathname}#s=${encodeLink(workspace.scenario())}${seconds > 0 ? `&t=${seconds}` : ''}`
}
