import { FolderOpen } from 'lucide-react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import type { LibraryBlock } from '../../../shared/api.js'
import type { Kind } from '../../../shared/document/kinds.js'
import { ownName, ownType } from '../../../shared/document/own-blocks.js'
import { useLoaded } from '../../stores/cache.js'
import { useRoot } from '../../stores/document.js'
import { openFile } from '../../stores/files.js'
import { useLibrary } from '../../stores/library.js'
import { useServices } from '../../stores/services.js'
import { IconButton } from '../../ui/Button.js'
import { keysText } from '../../ui/keys.js'
import { addKind, PaletteItem } from '../PaletteItem.js'
import { BlockMenu, LibraryMenu } from './BlockMenus.js'
import './blocks.css'

/** What the section shows: blocks of this document, those of the library that it does not have, and files that are broken. */
export interface MyBlocksContent {
  readonly own: readonly Kind[]
  readonly kept: readonly LibraryBlock[]
  readonly damaged: readonly { readonly file: string; readonly reason: string }[]
}

/** The user's own blocks that a search finds; `own` are those of the shown document. */
export function useMyBlocks(search: string, own: readonly Kind[]): MyBlocksContent {
  const root = useRoot()
  const loaded = useLoaded(useServices().library, '')
  const { blocks, damaged } = loaded.state === 'ready' ? loaded.value : { blocks: [], damaged: [] }
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const kept = blocks.filter(({ name, title }) => {
    const text = `${title} ${name} my blocks library`.toLowerCase()
    return !Object.hasOwn(root?.blocks ?? {}, name) && wanted.every((word) => text.includes(word))
  })
  return { own, kept, damaged: search === '' ? damaged : [] }
}

/** The user's own blocks in the palette: those of this document, then those of the library that it does not have yet. */
export function MyBlocks({ own, kept, damaged }: MyBlocksContent) {
  return (
    <section aria-label="My blocks">
      <div className="my-blocks-head">
        <h2 className="section-title">My blocks</h2>
        <FileTrigger
          acceptedFileTypes={['.netblock', '.netwright', '.json']}
          onSelect={(files) => files?.[0] && void openFile(files[0])}
        >
          <IconButton icon={FolderOpen} label="Add a block from a file" />
        </FileTrigger>
      </div>
      <ul>
        {own.map((kind) => (
          <li key={kind.type} className="my-block">
            <PaletteItem type={kind.type} title={kind.title} doc={kind.doc} onAdd={() => addKind(kind.type)} />
            <BlockMenu name={ownName(kind.type)!} title={kind.title} />
          </li>
        ))}
        {kept.map((entry) => (
          <Kept key={entry.name} entry={entry} />
        ))}
      </ul>
      {own.length + kept.length === 0 && (
        <p className="palette-none">Select nodes and press {keysText('$mod+KeyG')}: they become a block of your own.</p>
      )}
      {damaged.map(({ file, reason }) => (
        <p key={file} className="palette-none" role="note">
          {file} in your library cannot be read: {reason}
        </p>
      ))}
    </section>
  )
}

function Kept({ entry }: { readonly entry: LibraryBlock }) {
  const library = useLibrary()
  const add = async () => {
    const type = await library.take(entry.name)
    if (type !== undefined) addKind(type)
  }
  return (
    <li className="my-block my-block-kept">
      <PaletteItem
        type={ownType(entry.name)}
        title={entry.title}
        doc={`${entry.doc} From your library.`.trim()}
        onAdd={() => void add()}
      />
      <LibraryMenu entry={entry} onAdd={() => void add()} />
    </li>
  )
}
