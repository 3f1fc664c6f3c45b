import { setParam } from '../document/commands.js'
import type { DocumentNode, NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import { resolve, type Scope } from '../expressions/evaluate.js'
import { readField, type Field, type Fields } from '../layers/fields.js'

/** Values of a node's parameters, and what is wrong with those that were given. */
export interface ReadParams {
  readonly values: Readonly<Record<string, unknown>>
  readonly issues: readonly Issue[]
}

/**
 * Complete, valid values of a node's parameters (the default where a value is missing or wrong), and what is wrong. Inside
 * an own block values may be expressions over `scope`.
 */
export function readParams(id: NodeId, node: DocumentNode, fields: Fields, scope?: Scope): ReadParams {
  const issues: Issue[] = []
  const values: Record<string, unknown> = {}
  for (const name in fields) {
    const field = fields[name]!
    const read = readValue(field, Object.hasOwn(node.params, name) ? node.params[name] : undefined, scope)
    if ('value' in read) {
      values[name] = read.value
      continue
    }
    values[name] = field.default
    const text = JSON.stringify(field.default)
    issues.push({
      severity: 'error',
      code: 'param/invalid',
      message: `${name} of ${id} ${read.problem}.`,
      hint: read.hint ?? `${field.doc} The usual value is ${text}.`,
      where: { node: id, param: name },
      fix: { title: `Set ${name} to ${text}`, command: setParam(id, name, field.default) },
    })
  }
  for (const name in node.params) {
    if (Object.hasOwn(fields, name) || !Object.hasOwn(node.params, name)) continue
    issues.push({
      severity: 'warning',
      code: 'param/unknown',
      message: `${id} has a parameter ${name} that ${node.type} does not know; it has no effect.`,
      hint: 'Remove it, or open the document with the version that wrote it.',
      where: { node: id, param: name },
      fix: { title: `Remove ${name}`, command: setParam(id, name, undefined) },
    })
  }
  return { values, issues }
}

/** A value for a field, its expressions computed; what is wrong with it, in words that show the expression. */
export function readValue(
  field: Field,
  given: unknown,
  scope: Scope | undefined,
): { readonly value: unknown } | { readonly problem: string; readonly hint?: string } {
  const resolved = scope ? resolve(given, scope) : { value: given }
  const shown = () => (Array.isArray(given) ? given.join(', ') : String(given))
  if ('problem' in resolved) {
    const { message, at, hint } = resolved.problem
    return { problem: `is ${shown()}: ${message} (character ${at + 1})`, hint }
  }
  const read = readField(field, resolved.value)
  if ('value' in read || resolved.value === given) return read
  return { problem: `${read.problem}; it comes from ${shown()}` }
}
