import type { Document } from './document.js'

/** A pure edit: the new document, or the same object if nothing changes. */
export type Command = (document: Document) => Document
