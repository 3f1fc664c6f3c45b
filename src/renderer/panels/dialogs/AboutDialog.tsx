import { useEffect, useState } from 'react'
import type { AppInfo } from '../../../shared/api.js'
import { LICENCES } from '../../../shared/licences.js'
import { useHost } from '../../host.js'
import { sayError } from '../../stores/notices.js'
import { Dialog } from '../../ui/Dialog.js'
import './dialogs.css'

const SHELLS: Readonly<Record<AppInfo['shell'], string>> = { electron: 'desktop app', host: 'in the browser' }

/** What this program is, where it keeps its files, and whose work it contains. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useHost()
  const [info, setInfo] = useState<AppInfo>()
  useEffect(() => {
    api.app.info().then(setInfo, sayError)
  }, [api])
  return (
    <Dialog isOpen onClose={onClose} title="About Netwright" size="medium">
      <div className="about">
        <p className="muted">{info ? `Version ${info.version}, ${SHELLS[info.shell]}` : ' '}</p>
        <p>
          Design, understand and train convolutional networks by hand, on the computer in front of you. Nothing that you
          draw, open or train leaves it.
        </p>
        <dl className="figures">
          <div className="figures-row">
            <dt>Nets and runs are kept in</dt>
            <dd className="mono">{info?.home ?? ' '}</dd>
          </div>
          <div className="figures-row">
            <dt>How it works</dt>
            <dd>README.md and docs/ of the source code</dd>
          </div>
          <div className="figures-row">
            <dt>Licence</dt>
            <dd>MIT</dd>
          </div>
        </dl>
        <section aria-labelledby="about-contains">
          <h3 id="about-contains" className="section-title">
            Contains the work of others
          </h3>
          <Licences />
        </section>
      </div>
    </Dialog>
  )
}

function Licences() {
  return (
    // A region that scrolls has to be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="about-licences scroll" tabIndex={0} role="region" aria-label="Licences">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Version</th>
            <th scope="col">Licence</th>
          </tr>
        </thead>
        <tbody>
          {LICENCES.map(([name, version, licence]) => (
            <tr key={`${name}@${version}`}>
              <td>{name}</td>
              <td className="mono">{version}</td>
              <td>{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
