import { lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import { GlyphSprite } from '../ui/glyphs'
import { LiveRegion } from '../ui/LiveRegion'
import { ToastProvider } from '../ui/ToastProvider'
import { TooltipProvider } from '../ui/Tooltip'
import { useMotionPreference } from '../player/usePlayer'
import { openAddress } from './open'
import { StartPage } from './StartPage'
import type { Workspace } from './workspace'

const Bench = lazy(() => import('./Bench'))

/** The whole page: the start page, or the bench with a document on it. */
export function App({ workspace }: { workspace: Workspace }) {
  const page = useStore(workspace.ui, (state) => state.page)
  useMotionPreference(workspace.player)
  useEffect(() => {
    const open = (): void => void openAddress(workspace)
    open()
    addEventListener('hashchange', open)
    return () => removeEventListener('hashchange', open)
  }, [workspace])
  return (
    <TooltipProvider>
      <ToastProvider>
        <GlyphSprite />
        <LiveRegion />
        {page === 'start' ? (
          <StartPage workspace={workspace} />
        ) : (
          <Suspense fallback={null}>
            <Bench workspace={workspace} />
          </Suspense>
        )}
      </ToastProvider>
    </TooltipProvider>
  )
}
