import { lazy, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import { GlyphSprite } from '../ui/glyphs'
import { LiveRegion } from '../ui/LiveRegion'
import { TooltipProvider } from '../ui/Tooltip'
import { useMotionPreference } from '../player/usePlayer'
import { followEdits, openAddress } from './open'
import { listenForNetworks } from './bring/listen'
import { StartPage } from './StartPage'
import type { Workspace } from './workspace'

const Bench = lazy(() => import('./Bench'))
const NetworkDialog = lazy(() => import('./bring/NetworkDialog'))
// toasts wait for their host, so it may come late
const Toasts = lazy(() => import('../ui/ToastProvider').then((module) => ({ default: module.ToastProvider })))

/** The whole page: the start page, or the bench with a document on it. */
export function App({ workspace }: { workspace: Workspace }) {
  const page = useStore(workspace.ui, (state) => state.page)
  const bringing = useStore(workspace.ui, (state) => state.dialog === 'network')
  useMotionPreference(workspace.player)
  useEffect(() => {
    const open = (): void => void openAddress(workspace)
    open()
    addEventListener('hashchange', open)
    const stops = [followEdits(workspace), listenForNetworks(workspace)]
    return () => {
      removeEventListener('hashchange', open)
      for (const stop of stops) stop()
    }
  }, [workspace])
  return (
    <TooltipProvider>
      <GlyphSprite />
      <LiveRegion />
      {page === 'start' ? (
        <StartPage workspace={workspace} />
      ) : (
        <Suspense fallback={null}>
          <Bench workspace={workspace} />
        </Suspense>
      )}
      {bringing && (
        <Suspense fallback={null}>
          <NetworkDialog workspace={workspace} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <Toasts>{null}</Toasts>
      </Suspense>
    </TooltipProvider>
  )
}
