import type { StaticFile } from '../services/window-files.js'

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Netwright</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/sign-in.css">
    <script src="/sign-in.js" defer></script>
  </head>
  <body>
    <main>
      <h1>Netwright</h1>
      <p id="message" role="status">Opening the window needs the link that Netwright printed when it started.</p>
    </main>
  </body>
</html>
`

const SCRIPT = `const say = (text) => { document.getElementById('message').textContent = text }
async function signIn() {
  const [, token] = /^#token=([\\w-]+)$/.exec(location.hash) || []
  if (!token) return
  history.replaceState(null, '', '/')
  say('Signing in …')
  const answer = await fetch('/session', { method: 'POST', headers: { 'x-netwright': '1' }, body: token })
  if (answer.ok) location.replace('/')
  else say('This link has been used or is too old. Press Enter where Netwright runs for a new one, or start it again.')
}
addEventListener('hashchange', signIn)
signIn().catch(() => say('Netwright does not answer. Start it again and open the new link.'))
`

const STYLE = `:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 15px/1.5 system-ui, sans-serif }
main { max-width: 32rem; padding: 2rem }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 0.5rem }
p { margin: 0 }
`

/** The static sign-in page: its script reads the one-time token of the fragment, which no server log ever sees. */
export const SIGN_IN_FILES: ReadonlyMap<string, StaticFile> = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: Buffer.from(HTML) }],
  ['/sign-in.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from(SCRIPT) }],
  ['/sign-in.css', { type: 'text/css; charset=utf-8', body: Buffer.from(STYLE) }],
])
