import { useState } from 'react'
import { isActive, type Run } from '../../stores/run.js'
import { useServices } from '../../stores/services.js'
import { HeadMixer } from './HeadMixer.js'
import { setHeadWeights, useNet } from './net.js'
import { orderedHeads, weightOf } from './settings.js'
import { useSettingsOf } from './useTraining.js'

/** The weights of the heads: of the run while one goes on, else of the net. */
export function Mixer({ run }: { readonly run: Run | undefined }) {
  return run && isActive(run) && run.heads.length > 0 ? <OfRun key={run.id} run={run} /> : <OfNet />
}

function OfNet() {
  const { analysis } = useNet()
  const { settings } = useSettingsOf()
  const heads = orderedHeads(analysis)
  const weights = Object.fromEntries(heads.map((head) => [head.id, weightOf(head, settings)]))
  return (
    <HeadMixer heads={heads.map(({ id }) => id)} weights={weights} onChange={setHeadWeights}>
      The heads of the net will be here.
    </HeadMixer>
  )
}

/** What the user wished last shows at once; the run takes it with its next step. */
function OfRun({ run }: { readonly run: Run }) {
  const { runs } = useServices()
  const [wish, setWish] = useState<Readonly<Record<string, number>>>()
  const change = (weights: Readonly<Record<string, number>>) => {
    setWish(weights)
    void runs.weigh(run.id, weights)
  }
  return (
    <HeadMixer
      heads={run.heads}
      weights={wish ?? run.headWeights ?? run.settings.headWeights}
      onChange={change}
      note="from the next step"
    />
  )
}
