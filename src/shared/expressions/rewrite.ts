import { isExpression } from './parse.js'
import { tokensOf } from './tokens.js'

/** A parameter's value with every mention of a name in its expressions replaced by a text; of a pair in each part. */
export function replaceName(value: unknown, name: string, by: string): unknown {
  if (Array.isArray(value)) {
    const parts = value.map((part) => replaceName(part, name, by))
    return parts.every((part, i) => part === value[i]) ? value : parts
  }
  if (!isExpression(value)) return value
  const read = tokensOf(value)
  if ('problem' in read) return value
  let text = value
  for (const token of [...read.tokens].reverse()) {
    if (token.kind !== 'name' || token.text !== name || isCalled(value, token.at + name.length)) continue
    text = text.slice(0, token.at) + by + text.slice(token.at + name.length)
  }
  return text
}

/** True if an expression of a value mentions a name. */
export function mentions(value: unknown, name: string): boolean {
  return replaceName(value, name, `${name}_`) !== value
}

function isCalled(text: string, end: number): boolean {
  return text.slice(end).trimStart().startsWith('(')
}
