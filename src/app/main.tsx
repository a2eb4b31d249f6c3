import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@xyflow/react/dist/base.css'
import '../ui/tokens.css'
import '../ui/base.css'
import './app.css'
import { initTheme } from '../ui/theme'
import { App } from './App'
import { createWorkspace } from './workspace'

initTheme()
const workspace = createWorkspace()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App workspace={workspace} />
  </StrictMode>,
)
