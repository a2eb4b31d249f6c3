import { lazy, Suspense, useEffect, useState } from 'react'
import type { MenuEntry } from '../ui/ContextMenu'
import type { CanvasProps } from './types'

const loadMenu = () => import('../ui/ContextMenu')
const loadConnect = () => import('./ConnectDialog')
const ContextMenuAt = lazy(() => loadMenu().then((module) => ({ default: module.ContextMenuAt })))
const ConnectDialog = lazy(() => loadConnect().then((module) => ({ default: module.ConnectDialog })))

/** Quiet time after the first drawing before what is not on screen yet is fetched (ms). */
const LATER = 1_500

interface OverlaysProps extends Pick<CanvasProps, 'drawing' | 'canConnect' | 'onConnect'> {
  menu: { at: { x: number; y: number }; entries: readonly MenuEntry[] } | null
  onMenuClose: () => void
  connectFrom: string | null
  onConnectClose: () => void
}

/** Context menu and "Connect to…": loaded after the drawing, because they hold a third of the UI kit and nobody opens them first. */
export function Overlays({
  menu,
  onMenuClose,
  connectFrom,
  onConnectClose,
  drawing,
  canConnect,
  onConnect,
}: OverlaysProps) {
  const [used, setUsed] = useState({ menu: false, connect: false })
  if (menu !== null && !used.menu) setUsed({ ...used, menu: true })
  if (connectFrom !== null && !used.connect) setUsed({ ...used, connect: true })
  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([loadMenu(), loadConnect()]), LATER)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Suspense fallback={null}>
      {used.menu && <ContextMenuAt at={menu?.at ?? null} entries={menu?.entries ?? []} onClose={onMenuClose} />}
      {used.connect && (
        <ConnectDialog
          from={connectFrom}
          drawing={drawing}
          canConnect={canConnect}
          onConnect={onConnect}
          onClose={onConnectClose}
        />
      )}
    </Suspense>
  )
}
