import { AppError } from '../errors.js'

/** What a text that is no document often is instead: how it looks, what it is, and what to do. */
const KINDS: readonly (readonly [look: RegExp, what: string, hint: string])[] = [
  [/^\s*$/, 'The file is empty.', 'Open another file, or an older copy of this one.'],
  [/^\0+$/, 'The file holds only zeros, as a power cut may leave it.', 'Open an older copy of it.'],
  [
    /^(<{7}|>{7}) /m,
    'The file holds two versions: a merge was not finished.',
    'Choose one of them between <<<<<<< and >>>>>>> in a text editor, then open it again.',
  ],
  [
    /^version https:\/\/git-lfs/,
    'The file is a Git LFS pointer, not the document.',
    'Fetch the real file with "git lfs pull".',
  ],
  [/^\s*<(!doctype|html)/i, 'The file contains HTML markup.', 'Download the document itself, not the page about it.'],
  [/^\s*</, 'The file contains XML markup.', 'Open a file that Netwright saved.'],
  [/^\s*(import|from|def|class|#)\s/, 'The file looks like Python source.', 'Open a file that Netwright saved.'],
]

/** The error for a text that `JSON.parse` refused: what it is, where that can be told, else where it ends to be JSON. */
export function notJson(text: string, error: unknown): AppError {
  const kind = KINDS.find(([look]) => look.test(text))
  if (kind) return new AppError('document/not-json', kind[1], kind[2])
  // The part of the file that engines quote may be bytes of anything.
  const why =
    error instanceof Error
      ? error.message
          .replace(/, (\.\.\.)?".*$/s, '')
          .replace(/[\p{Cc}\ufffd]+/gu, '?')
          .slice(0, 120)
      : ''
  return new AppError('document/not-json', `The file is not JSON: ${why}.`, 'Open a file that Netwright saved.')
}
