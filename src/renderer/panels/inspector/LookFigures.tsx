import { useSeenNet } from '../../stores/looks.js'
import { grouped, percent, scientific, words } from '../../ui/format.js'
import { Figures } from './Figures.js'

/** What the shown run saw of a node when it last looked inside: activations, gradients, updates. */
export function LookFigures({ id }: { readonly id: string }) {
  const seen = useSeenNet()
  const looks = seen?.of(id)
  if (!seen || !looks) return undefined
  const { look, weights } = looks
  return (
    <Figures
      title={`In training, before step ${grouped(seen.step + 1)}`}
      rows={[
        ['Output, RMS', number(look.output)],
        ['Gradient by output, RMS', number(look.gradient)],
        ['Dead channels', look.dead === undefined ? undefined : percent(look.dead)],
        ...Object.entries(weights).flatMap(([name, { gradient, ratio }]) => [
          [`${words(name)}: gradient norm`, number(gradient)] as const,
          [`${words(name)}: update / size`, ratio === undefined ? undefined : scientific(ratio)] as const,
        ]),
      ]}
    />
  )
}

/** Numbers that are left out were none. */
function number(value: number | undefined): string {
  return value === undefined ? 'not finite' : scientific(value)
}
