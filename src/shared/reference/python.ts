import { kerasLayers, type KerasSpelling } from '../layers/define.js'

/** A layer in Keras, applied to what feeds it: `layers.Conv2D(filters=64)(x)`; or a function of TensorFlow of it. */
export function kerasText(spelling: KerasSpelling, inputs: readonly string[]): string {
  const start = inputs.length === 1 ? inputs[0]! : `[${inputs.join(', ')}]`
  return kerasLayers(spelling).reduce((x, [name, config], i) => {
    // Only the first takes several inputs, and an input layer takes none.
    const applied = i === 0 && inputs.length === 0 ? '' : `(${x})`
    if (name.startsWith('tf.')) return `${name}(${x}, ${keywords(config)})`
    const space = name === 'Input' ? 'keras' : 'layers'
    return `${space}.${name}(${keywords(config)})${applied}`
  }, start)
}

/** A layer in PyTorch: a module applied to what feeds it, or a function of it. */
export function pytorchText(spelling: readonly unknown[], inputs: readonly string[]): string {
  const [name, ...rest] = spelling as [string, ...unknown[]]
  if (name.startsWith('nn.') || /\.[A-Z]/.test(name)) return `${call(name, rest)}(${inputs.join(', ')})`
  return `${name}(${[...inputs, ...rest.map(argument)].join(', ')})`
}

function call(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map(argument).join(', ')})`
}

/** An argument of PyTorch: another module, keywords, or a value. */
function argument(value: unknown): string {
  if (Array.isArray(value) && typeof value[0] === 'string' && /^(nn|torch)/.test(value[0])) {
    return call(value[0], value.slice(1))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return keywords(value)
  return python(value)
}

function keywords(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${python(value)}`)
    .join(', ')
}

/** A value as Python writes it. */
function python(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return `'${value}'`
  if (Array.isArray(value)) return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([name, part]) => `'${name}': ${python(part)}`)
    return `{${entries.join(', ')}}`
  }
  return String(value)
}
