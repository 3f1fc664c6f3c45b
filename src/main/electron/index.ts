import { join } from 'node:path'
import { app } from 'electron'
import { homeFolder } from '../storage/home.js'
import { createServices } from '../services/index.js'
import { utilityLauncher } from './launcher.js'
import { startShell } from './main.js'

const out = join(import.meta.dirname, '..')
const places = { renderer: join(out, 'renderer'), preload: join(out, 'preload', 'preload.cjs') }

await startShell(places, () =>
  createServices({
    launcher: utilityLauncher(join(out, 'main', 'trainer.js')),
    home: homeFolder(),
    userHome: app.getPath('home'),
    version: app.getVersion(),
    shell: 'electron',
  }),
)
