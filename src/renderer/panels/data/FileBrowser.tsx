import { ChevronRight, File, Folder, FolderUp } from 'lucide-react'
import { useState } from 'react'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import type { FileEntry } from '../../../shared/api.js'
import { useLoaded } from '../../stores/cache.js'
import { useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { TextField } from '../../ui/TextField.js'
import { Callout } from '../training/Callout.js'
import './data.css'

export interface FileBrowserProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Called with a path below the home folder, or an absolute one that was typed. */
  readonly onChoose: (path: string) => void
}

/** Chooses a folder or file of images: by walking through folders, or by typing its path. */
export function FileBrowser({ isOpen, onClose, onChoose }: FileBrowserProps) {
  const [path, setPath] = useState('')
  const [chosen, setChosen] = useState('')
  const go = (to: string) => {
    setPath(to)
    setChosen(to)
  }
  return (
    <Dialog
      title="Choose images to train on"
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={chosen === ''} onPress={() => onChoose(chosen)}>
            Use for training
          </Button>
        </>
      }
    >
      <p className="muted browser-help">
        A folder with one folder of images for each class, a folder of IDX or CIFAR files, or an .npz file with x_train
        and y_train.
      </p>
      <TextField
        label="Folder or file, below your home folder"
        value={chosen}
        mono
        onChange={setChosen}
        onEnter={() => chosen !== '' && onChoose(chosen)}
      />
      <Entries path={path} chosen={chosen} onOpen={go} onChoose={setChosen} />
    </Dialog>
  )
}

interface EntriesProps {
  readonly path: string
  readonly chosen: string
  readonly onOpen: (path: string) => void
  readonly onChoose: (path: string) => void
}

const UP = '..'

/** Entries of a folder: a click chooses, a double click or Enter opens. */
function Entries({ path, chosen, onOpen, onChoose }: EntriesProps) {
  const folder = useLoaded(useServices().folders, path)
  if (folder.state === 'failed') {
    return <Callout kind="warning" message={folder.error.message} hint={folder.error.hint} />
  }
  const entries = folder.state === 'ready' ? folder.value.entries : []
  const up = path === '' ? [] : [{ name: UP, kind: 'folder' } as const]
  const open = (name: string) => {
    if (name === UP) onOpen(parent(path))
    else if (entries.find((entry) => entry.name === name)?.kind === 'folder') onOpen(below(path, name))
  }
  return (
    <GridList
      className="browser scroll"
      aria-label="Folders and files"
      items={[...up, ...entries].map((entry) => ({ ...entry, id: entry.name }))}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={entries.filter(({ name }) => below(path, name) === chosen).map(({ name }) => name)}
      onSelectionChange={(keys) => {
        const name = keys === 'all' ? undefined : [...keys].map(String)[0]
        onChoose(name === undefined || name === UP ? path : below(path, name))
      }}
      onAction={(key) => open(String(key))}
      renderEmptyState={() => <p className="muted browser-empty">{emptyWords(folder.state)}</p>}
    >
      {(entry) => <Entry entry={entry} />}
    </GridList>
  )
}

function Entry({ entry }: { readonly entry: FileEntry & { readonly id: string } }) {
  const up = entry.id === UP
  const Glyph = up ? FolderUp : entry.kind === 'folder' ? Folder : File
  const name = up ? 'Up one folder' : entry.name
  return (
    <GridListItem id={entry.id} textValue={name} className="list-item">
      <Glyph size={16} strokeWidth={1.5} />
      <span className="list-item-text">{name}</span>
      {entry.kind === 'folder' && !up && <ChevronRight size={16} strokeWidth={1.5} />}
    </GridListItem>
  )
}

function emptyWords(state: 'loading' | 'ready'): string {
  return state === 'loading' ? 'Reading the folder…' : 'This folder is empty.'
}

export function below(path: string, name: string): string {
  return path === '' ? name : `${path.replace(/\/$/, '')}/${name}`
}

export function parent(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}
