import type { Api, DocumentEntry } from '../../shared/api.js'
import type { Document } from '../../shared/document/document.js'
import { parse, print } from '../../shared/document/file.js'
import { AppError, fromErrorData } from '../../shared/errors.js'
import { LIMITS } from '../../shared/limits.js'
import { documents, markSaved, openDocument, replaceDocument, type OpenDocument } from './document.js'
import { takeText } from './blocks.js'
import { saveText } from './downloads.js'
import { say, sayError } from './notices.js'
import { openDialog } from './view.js'

type Files = Pick<Api, 'documents'>

function tabOf(key: string): OpenDocument | undefined {
  return documents.getState().open.find((tab) => tab.key === key)
}

/** Store a tab's document where it came from; asks for a name the first time, and what to do if the file changed. */
export async function save(api: Files, key: string): Promise<boolean> {
  const tab = tabOf(key)
  if (!tab) return false
  if (!tab.stored) {
    openDialog({ kind: 'save-as', key })
    return false
  }
  try {
    await write(api, tab, tab.stored.name, tab.stored.modified)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'file/changed') openDialog({ kind: 'changed-on-disk', key })
    else sayError(error)
    return false
  }
}

/** Store a tab's document under a name, whatever is there. */
export async function saveAs(api: Files, key: string, name: string): Promise<boolean> {
  const tab = tabOf(key)
  if (!tab) return false
  try {
    await write(api, tab, name)
    return true
  } catch (error) {
    sayError(error)
    return false
  }
}

async function write(api: Files, tab: OpenDocument, name: string, expected?: string): Promise<void> {
  const document = tab.history.present
  const stored = await api.documents.write(name, print(document), expected)
  markSaved(tab.key, document, stored)
  say(`Saved as ${stored.name}.`)
}

/** Take what is stored now in place of the tab's document; undo brings the other back. */
export async function takeTheirs(api: Files, key: string): Promise<void> {
  const stored = tabOf(key)?.stored
  if (!stored) return
  try {
    const { text, modified } = await api.documents.read(stored.name)
    replaceDocument(key, parse(text), { name: stored.name, modified })
  } catch (error) {
    sayError(error)
  }
}

/** Open a stored document in a tab. */
export async function openStored(api: Files, entry: DocumentEntry): Promise<boolean> {
  try {
    const { text, modified } = await api.documents.read(entry.name)
    openDocument(parse(text), { name: entry.name, modified })
    return true
  } catch (error) {
    sayError(error)
    return false
  }
}

/** Open a file that was chosen or dropped: a document in a tab, a shared block among the blocks of the shown document. */
export async function openFile(file: File): Promise<boolean> {
  return openText(() => textOf(file), file.name)
}

/** The size is looked at before the file is read, and what is not UTF-8 is refused: a letter that is lost here would be lost for good. */
async function textOf(file: File): Promise<string> {
  if (file.size > LIMITS.documentBytes) {
    const message = `The file has ${file.size} bytes; at most ${LIMITS.documentBytes} are read.`
    throw new AppError('document/too-large', message, 'Check that this is the file you meant.')
  }
  const bytes = await file.arrayBuffer().catch(() => {
    throw new AppError('disk/failed', 'The file could not be read.', 'Check that it is still there and may be read.')
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('file/refused', 'The file is not text in UTF-8.', 'If it is a document, save it as UTF-8.')
  }
}

async function openText(read: () => Promise<string>, name?: string): Promise<boolean> {
  try {
    const document = takeText(await read())
    if (document) openDocument(document)
    return true
  } catch (error) {
    sayError(error, name)
    return false
  }
}

/** Open the files that the system asked for, by a double click or an argument. */
export async function openAsked(api: Pick<Api, 'app'>): Promise<void> {
  for (const file of await api.app.opened()) {
    await openText(async () => {
      if ('text' in file) return file.text
      throw fromErrorData(file.error)
    })
  }
}

/** Hand a document to the browser's downloads. */
export function download(document: Document): void {
  saveText(print(document), `${fileName(document.name)}.netwright`)
}

/** A file name made from a document's name. */
export function fileName(name: string): string {
  const cleaned = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._ -]+/g, '')
    .trim()
    .replace(/ +/g, '-')
    .replace(/^[.-]+/, '')
  return cleaned.slice(0, 80) || 'net'
}
