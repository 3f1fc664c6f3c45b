import { FUNCTIONS, isExpression, parseExpression, type Tree } from './parse.js'
import type { ExpressionProblem } from './tokens.js'

/** Values of the parameters that an expression may name. */
export type Scope = Readonly<Record<string, unknown>>

/** The value of an expression, or what is wrong with it. */
export type Evaluated = { readonly value: unknown } | { readonly problem: ExpressionProblem }

/**
 * Compute `=1.5*N` from values of parameters. A parameter alone (`=activation`) may have any value, all else needs
 * numbers; the result is rounded to 12 digits, so that `=1.1*10` is 11.
 */
export function evaluate(text: string, scope: Scope): Evaluated {
  const read = parseExpression(text)
  if ('problem' in read) return read
  const { tree } = read
  if (tree.kind === 'name') return valueOf(tree, scope)
  const result = compute(tree, scope)
  return 'value' in result ? { value: Number((result.value as number).toPrecision(12)) } : result
}

/** A parameter's value with its expressions computed; of a pair each part. Other values stay as they are. */
export function resolve(value: unknown, scope: Scope): Evaluated {
  if (isExpression(value)) return evaluate(value, scope)
  if (!Array.isArray(value) || !value.some(isExpression)) return { value }
  const parts: unknown[] = []
  for (const part of value) {
    const one = resolve(part, scope)
    if ('problem' in one) return one
    parts.push(one.value)
  }
  return { value: parts }
}

function valueOf({ name, at }: { readonly name: string; readonly at: number }, scope: Scope): Evaluated {
  if (Object.hasOwn(scope, name)) return { value: scope[name] }
  const names = Object.keys(scope)
  const hint = names.length > 0 ? `The block has ${names.join(', ')}.` : 'The block has no parameters yet: expose one.'
  return { problem: { message: `there is no parameter ${name}`, hint, at } }
}

function compute(tree: Tree, scope: Scope): Evaluated {
  switch (tree.kind) {
    case 'number':
      return finite(tree.value, tree.at)
    case 'name':
      return numberOf(valueOf(tree, scope), tree)
    case 'minus': {
      const inner = compute(tree.of, scope)
      return 'problem' in inner ? inner : { value: -(inner.value as number) }
    }
    case 'call': {
      const values: number[] = []
      for (const part of tree.of) {
        const one = compute(part, scope)
        if ('problem' in one) return one
        values.push(one.value as number)
      }
      const apply: (...values: number[]) => number = FUNCTIONS[tree.name].of
      return finite(apply(...values), tree.at)
    }
    case 'pair': {
      const left = compute(tree.left, scope)
      if ('problem' in left) return left
      const right = compute(tree.right, scope)
      if ('problem' in right) return right
      return joined(tree.sign, left.value as number, right.value as number, tree.at)
    }
  }
}

function numberOf(found: Evaluated, { name, at }: { readonly name: string; readonly at: number }): Evaluated {
  if ('problem' in found || typeof found.value === 'number') return found
  const shown = JSON.stringify(found.value) ?? 'nothing'
  const hint = `Use ${name} alone, as =${name}, or a parameter that is a number.`
  return { problem: { message: `${name} is ${shown}, not a number to compute with`, hint, at } }
}

function joined(sign: '+' | '-' | '*' | '/', a: number, b: number, at: number): Evaluated {
  if (sign === '/' && b === 0) {
    const hint = 'Divide by something that is never 0, for example max(1, N).'
    return { problem: { message: `${a} is divided by 0`, hint, at } }
  }
  return finite({ '+': a + b, '-': a - b, '*': a * b, '/': a / b }[sign], at)
}

function finite(value: number, at: number): Evaluated {
  if (Number.isFinite(value)) return { value }
  return { problem: { message: 'the result is too large', hint: 'Use smaller numbers.', at } }
}
