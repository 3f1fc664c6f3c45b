/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i
const MOST_LETTERS = 100
/** Disks allow 255 bytes; the endings of files and of temporary ones beside them need the rest. */
const MOST_BYTES = 180

/**
 * The name under which something called `name` is stored: a file name on every system, without separators or control characters, not
 * hidden, not too long. `safeName(safeName(x))` is `safeName(x)`; of nothing it is `Untitled`.
 */
export function safeName(name: string): string {
  const plain = [...name.normalize('NFC').replace(/[\\/:*?"<>|\p{Cc}\p{Cs}]+/gu, '-')].slice(0, MOST_LETTERS)
  while (bytesOf(plain) > MOST_BYTES) plain.pop()
  const trimmed = plain.join('').replace(/^[.\s]+|[.\s]+$/g, '')
  if (trimmed === '') return 'Untitled'
  return RESERVED.test(trimmed.split('.')[0]!) ? `_${trimmed}` : trimmed
}

/** Length in UTF-8. */
function bytesOf(letters: readonly string[]): number {
  const points = letters.map((letter) => letter.codePointAt(0)!)
  return points.reduce((sum, point) => sum + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4), 0)
}
