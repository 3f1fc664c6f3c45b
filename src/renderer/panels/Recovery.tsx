import { LifeBuoy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { parse } from '../../shared/document/file.js'
import { useHost } from '../host.js'
import { startAutosave } from '../stores/autosave.js'
import { openDocument } from '../stores/document.js'
import { sayError } from '../stores/notices.js'
import { Button } from '../ui/Button.js'
import { when } from './dialogs/OpenDialog.js'

type Recovered = { readonly texts: readonly string[]; readonly saved: string }

/** Offers work that was left unsaved last time; until that is decided, autosave keeps it beside what is new. */
export function Recovery() {
  const { api } = useHost()
  const [found, setFound] = useState<Recovered | 'asking' | 'none'>('asking')
  useEffect(() => {
    api.documents.recovered().then(
      (recovered) => setFound(recovered ?? 'none'),
      (error: unknown) => {
        sayError(error)
        setFound('none')
      },
    )
  }, [api])
  useEffect(() => {
    if (found === 'asking') return undefined
    return startAutosave(api.documents, found === 'none' ? [] : found.texts)
  }, [api, found])
  if (typeof found === 'string') return undefined
  const open = () => {
    const left = found.texts.filter((text) => !openUnsaved(text))
    setFound(left.length > 0 ? { ...found, texts: left } : 'none')
  }
  const forget = () => {
    api.documents.autosave([]).catch(sayError)
    setFound('none')
  }
  return (
    <div className="banner" role="status" aria-label="Recovery">
      <LifeBuoy size={16} strokeWidth={1.5} />
      <span>
        {found.texts.length === 1 ? 'Work' : `Work in ${found.texts.length} nets`} from {when(found.saved)} was not
        saved. It has been kept.
      </span>
      <Button kind="primary" onPress={open}>
        {found.texts.length === 1 ? 'Open it' : 'Open all'}
      </Button>
      <Button onPress={forget}>Forget it</Button>
    </div>
  )
}

/** One text that cannot be read says why, and stays kept, for a newer Netwright perhaps; the others open all the same. */
function openUnsaved(text: string): boolean {
  try {
    openDocument(parse(text), undefined, true)
    return true
  } catch (error) {
    sayError(error)
    return false
  }
}
