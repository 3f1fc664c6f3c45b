import { setParam } from '../document/commands.js'
import type { DocumentNode, NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import { readField, type Fields } from '../layers/fields.js'

/** Complete, valid values of a node's parameters (the default where a value is missing or wrong), and what is wrong. */
export function readParams(id: NodeId, node: DocumentNode, fields: Fields) {
  const issues: Issue[] = []
  const values: Record<string, unknown> = {}
  for (const name in fields) {
    const field = fields[name]!
    const read = readField(field, Object.hasOwn(node.params, name) ? node.params[name] : undefined)
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
      hint: `${field.doc} The usual value is ${text}.`,
      where: { node: id, param: name },
      fix: { title: `Set ${name} to ${text}`, command: setParam(id, name, field.default) },
    })
  }
  for (const name of Object.keys(node.params)) {
    if (Object.hasOwn(fields, name)) continue
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
