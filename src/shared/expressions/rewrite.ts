import { evaluate, type Scope } from './evaluate.js'
import { isExpression } from './parse.js'
import { tokensOf, type Token } from './tokens.js'

/** The names of parameters that an expression mentions; of a pair those of both parts. */
export function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  return isExpression(value) ? namesOf(value).map(({ text }) => text) : []
}

/** A parameter's value with a name in its expressions replaced by another; of a pair in each part. */
export function renameIn(value: unknown, name: string, to: string): unknown {
  return rewritten(value, (text) => replaced(text, (found) => (found === name ? to : undefined)))
}

/**
 * A parameter's value with what its expressions mention put in their place: values, or expressions of other names. What
 * then mentions nothing is computed; a problem is left as the expression it was.
 */
export function substitute(value: unknown, given: Scope): unknown {
  return rewritten(value, (text) => {
    const names = namesOf(text)
    if (names.some(({ text: name }) => !Object.hasOwn(given, name))) return textual(text, given)
    if (names.length === 1 && text.slice(1).trim() === names[0]!.text) return given[names[0]!.text]
    if (names.some(({ text: name }) => isExpression(given[name]))) return textual(text, given)
    const result = evaluate(text, given)
    return 'value' in result ? result.value : text
  })
}

function textual(text: string, given: Scope): string {
  return replaced(text, (name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (typeof value === 'number') return value < 0 ? `(${value})` : String(value)
    if (!isExpression(value)) return undefined
    const inner = value.slice(1).trim()
    return /^[A-Za-z0-9_.]+$/.test(inner) ? inner : `(${inner})`
  })
}

function rewritten(value: unknown, rewrite: (text: string) => unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map((part) => rewritten(part, rewrite))
    return parts.every((part, i) => part === value[i]) ? value : parts
  }
  return isExpression(value) ? rewrite(value) : value
}

/** Names that stand for parameters; those in front of a parenthesis are functions. */
function namesOf(text: string): readonly Token[] {
  const read = tokensOf(text)
  if ('problem' in read) return []
  return read.tokens.filter(({ kind }, i) => kind === 'name' && read.tokens[i + 1]?.text !== '(')
}

/** All names at once, from the end, so that places stay right and nothing is replaced twice. */
function replaced(text: string, by: (name: string) => string | undefined): string {
  return [...namesOf(text)].reverse().reduce((rest, { text: name, at }) => {
    const other = by(name)
    return other === undefined ? rest : rest.slice(0, at) + other + rest.slice(at + name.length)
  }, text)
}
