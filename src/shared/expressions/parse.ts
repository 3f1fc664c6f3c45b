import { tokensOf, type ExpressionProblem, type Token } from './tokens.js'

/** Functions that an expression may call, with how many arguments they take. */
export const FUNCTIONS = {
  min: { least: 2, most: 16, of: (...values: readonly number[]) => Math.min(...values) },
  max: { least: 2, most: 16, of: (...values: readonly number[]) => Math.max(...values) },
  round: { least: 1, most: 1, of: (value: number) => Math.round(value) },
  floor: { least: 1, most: 1, of: (value: number) => Math.floor(value) },
  ceil: { least: 1, most: 1, of: (value: number) => Math.ceil(value) },
} as const

/** The name of a function that expressions may call. */
export type FunctionName = keyof typeof FUNCTIONS

/** An expression that was read: what to compute, and where each part stands in the text. */
export type Tree =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'minus'; readonly of: Tree; readonly at: number }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Tree[]; readonly at: number }
  | {
      readonly kind: 'pair'
      readonly sign: '+' | '-' | '*' | '/'
      readonly left: Tree
      readonly right: Tree
      readonly at: number
    }

/** True for a parameter value that is a formula: a text that begins with `=`. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=')
}

/**
 * Read `=1.5*N`: numbers, names, `+ - * /`, parentheses and the functions of `FUNCTIONS`; nothing that could run. The
 * problem says where it is.
 */
export function parseExpression(text: string): { readonly tree: Tree } | { readonly problem: ExpressionProblem } {
  const read = tokensOf(text)
  if ('problem' in read) return read
  try {
    return { tree: new Reader(read.tokens).whole() }
  } catch (error) {
    if (error instanceof Stop) return { problem: error.problem }
    throw error
  }
}

/** Leaves the reader at the first problem. */
class Stop extends Error {
  readonly problem: ExpressionProblem
  constructor(problem: ExpressionProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Recursive descent; the length of an expression bounds its depth. */
class Reader {
  readonly #tokens: readonly Token[]
  #place = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Tree {
    const tree = this.#sum()
    const rest = this.#next
    if (rest.kind !== 'end') {
      const hint = rest.text === ')' ? 'Remove it, or open a parenthesis before it.' : 'Put + - * or / in between.'
      throw new Stop({ message: `“${rest.text}” follows where nothing more is expected`, hint, at: rest.at })
    }
    return tree
  }

  get #next(): Token {
    return this.#tokens[this.#place]!
  }

  #take(...texts: readonly string[]): Token | undefined {
    const token = this.#next
    if (token.kind !== 'sign' || !texts.includes(token.text)) return undefined
    this.#place++
    return token
  }

  #sum(): Tree {
    let left = this.#product()
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-')) {
      left = { kind: 'pair', sign: sign.text as '+' | '-', left, right: this.#product(), at: sign.at }
    }
    return left
  }

  #product(): Tree {
    let left = this.#signed()
    for (let sign = this.#take('*', '/'); sign; sign = this.#take('*', '/')) {
      left = { kind: 'pair', sign: sign.text as '*' | '/', left, right: this.#signed(), at: sign.at }
    }
    return left
  }

  #signed(): Tree {
    const minus = this.#take('-')
    return minus ? { kind: 'minus', of: this.#signed(), at: minus.at } : this.#single()
  }

  #single(): Tree {
    const token = this.#next
    if (token.kind === 'number') {
      this.#place++
      return { kind: 'number', value: Number(token.text), at: token.at }
    }
    if (token.kind === 'name') {
      this.#place++
      const open = this.#take('(')
      return open ? this.#call(token) : { kind: 'name', name: token.text, at: token.at }
    }
    const open = this.#take('(')
    if (!open) {
      const what = token.kind === 'end' ? 'it ends' : `“${token.text}” stands`
      const message = `${what} where a number or a parameter is expected`
      throw new Stop({ message, hint: 'Write for example =1.5*N.', at: token.at })
    }
    const inner = this.#sum()
    this.#close(open)
    return inner
  }

  #call({ text, at }: Token): Tree {
    if (!Object.hasOwn(FUNCTIONS, text)) {
      const hint = `The functions are ${Object.keys(FUNCTIONS).join(', ')}; a product needs its *.`
      throw new Stop({ message: `there is no function ${text}`, hint, at })
    }
    const name = text as FunctionName
    const of = [this.#sum()]
    while (this.#take(',')) of.push(this.#sum())
    this.#close({ kind: 'sign', text: '(', at })
    const { least, most } = FUNCTIONS[name]
    if (of.length < least || of.length > most) {
      const wants = least === most ? `${least} value` : `${least} to ${most} values`
      throw new Stop({ message: `${name} has ${of.length} of its values`, hint: `${name} takes ${wants}.`, at })
    }
    return { kind: 'call', name, of, at }
  }

  #close(open: Token): void {
    if (this.#take(')')) return
    const { at, text } = this.#next
    const message = text === '' ? 'a parenthesis is not closed' : `“${text}” stands where ) is expected`
    throw new Stop({ message, hint: `Close the parenthesis of character ${open.at + 1}.`, at })
  }
}
