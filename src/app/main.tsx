import '@xyflow/react/dist/base.css'
import '../ui/tokens.css'
import '../ui/base.css'
import './app.css'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { GlyphSprite } from '../ui/glyphs'
import { initTheme } from '../ui/theme'
import { TooltipProvider } from '../ui/Tooltip'
import { App } from './App'
import { createWorkspace } from './workspace'

initTheme()
const root = createRoot(document.getElementById('root')!)
if (new URLSearchParams(location.search).get('bench') === 'tokens') {
  const TokenBench = lazy(() => import('./token-bench'))
  root.render(
    <TooltipProvider>
      <GlyphSprite />
      <Suspense fallback={null}>
        <TokenBench />
      </Suspense>
    </TooltipProvider>,
  )
} else {
  const workspace = createWorkspace()
  root.render(
    <StrictMode>
      <App workspace={workspace} />
    </StrictMode>,
  )
}
