import { CloudOff } from 'lucide-react'
import { useConnection, useHost } from '../host.js'
import { Button } from '../ui/Button.js'

const WORDS = {
  connecting: 'Waiting for Netwright. If it is open in another window, it can move here.',
  lost: 'Netwright does not answer. Your work stays in this window, and it reconnects by itself.',
  elsewhere: 'Netwright is open in another window.',
} as const

/** One calm line while the services are out of reach. */
export function ConnectionBanner() {
  const connection = useConnection()
  const host = useHost()
  if (connection === 'connected') return undefined
  return (
    <div className={`banner banner-${connection}`} role="status" aria-label="Connection">
      <CloudOff size={16} strokeWidth={1.5} />
      <span>{WORDS[connection]}</span>
      <Button onPress={host.takeOver}>{connection === 'lost' ? 'Try now' : 'Use this window'}</Button>
    </div>
  )
}
