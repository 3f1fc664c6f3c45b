/** A piece of an expression and where it begins (0-based, the `=` in front counts). */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

/** What is wrong with an expression, and where (0-based, the `=` in front counts). */
export interface ExpressionProblem {
  readonly message: string
  readonly hint: string
  readonly at: number
}

/** UTF-16 units of one expression: more is not a formula but a mistake. */
const MOST_LENGTH = 400

const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z][A-Za-z0-9_]*)|([-+*/(),]))/y

/** Numbers, names and signs of an expression, its `=` left out, and an end; or the first character that is none of them. */
export function tokensOf(
  text: string,
): { readonly tokens: readonly Token[] } | { readonly problem: ExpressionProblem } {
  if (text.length > MOST_LENGTH) {
    const message = `it has ${text.length} characters, more than ${MOST_LENGTH}`
    return { problem: { message, hint: 'Write it shorter, or use several parameters.', at: MOST_LENGTH } }
  }
  const tokens: Token[] = []
  const end = text.trimEnd().length
  TOKEN.lastIndex = 1
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) {
      const at = start + (text.slice(start).match(/^\s*/)?.[0].length ?? 0)
      const shown = Array.from(text.slice(at))[0] ?? ''
      const hint = 'Use numbers, parameters of the block, + - * / and parentheses, min, max, round, floor and ceil.'
      return { problem: { message: `“${shown}” does not belong there`, hint, at } }
    }
    const [whole, number, name, sign] = found
    const piece = number ?? name ?? sign ?? ''
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign'
    tokens.push({ kind, text: piece, at: start + whole.length - piece.length })
  }
  tokens.push({ kind: 'end', text: '', at: Math.max(end, 1) })
  return { tokens }
}
