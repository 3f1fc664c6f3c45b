import './theme/tokens.css'
import './theme/base.css'
import './ui/controls.css'
import './ui/fields.css'
import './ui/overlays.css'
import './theme/shell.css'
import './theme/families.css'
import './panels/panels.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.js'
import { createHost, HostProvider } from './host.js'
import { applyTheme } from './stores/settings.js'
import { bridgeDial, dialSocket } from './transport.js'

applyTheme(document.documentElement)
// A link opened by a browser that is signed in already leaves its one-time token in the address.
if (location.hash.startsWith('#token=')) history.replaceState(null, '', location.pathname)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <HostProvider value={createHost(bridgeDial() ?? dialSocket)}>
      <App />
    </HostProvider>,
  )
}
