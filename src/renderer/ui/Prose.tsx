import { withTimes } from './format.js'

/** A sentence in which `marked` parts are names of settings. */
export function Prose({ text }: { readonly text: string }) {
  return withTimes(text)
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))
}
