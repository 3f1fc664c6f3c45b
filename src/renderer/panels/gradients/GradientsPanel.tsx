import { Activity } from 'lucide-react'
import { useMemo, useState } from 'react'
import { canvasHandle } from '../../canvas/handle.js'
import type { Scene } from '../../canvas/scene.js'
import { useScene } from '../../canvas/useScene.js'
import { usePlace } from '../../stores/document.js'
import { useSeenNet, type SeenNet } from '../../stores/looks.js'
import { select } from '../../stores/selection.js'
import { Button } from '../../ui/Button.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { grouped } from '../../ui/format.js'
import { Segmented } from '../../ui/Segmented.js'
import { Select } from '../../ui/Select.js'
import { TrainButton } from '../training/TrainButton.js'
import { useSettingsOf } from '../training/useTraining.js'
import { barsOf, headsOf, lossOnTheWay, nodesTo, type Measure } from './bars.js'
import { ProfileChart } from './ProfileChart.js'
import './gradients.css'

const MEASURES = [
  { id: 'outputs', title: 'At outputs', words: 'RMS gradient of the loss by the output of each node' },
  { id: 'weights', title: 'At weights', words: 'Norm of the gradient of the loss by the weights of each node' },
  { id: 'updates', title: 'Updates', words: 'Update of the weights of each node, as a share of their size' },
] as const satisfies readonly { readonly id: Measure; readonly title: string; readonly words: string }[]

/** The choice of all nodes; no node has this id. */
const ALL = '*'

/** Steps between looks that cost a training little. */
const EVERY = 20

/** The size of the gradient from input to head, node by node, as the shown run last saw it: where it dies is where the bars end. */
export function GradientsPanel() {
  const scene = useScene()
  const seen = useSeenNet()
  return scene && seen ? <Profile scene={scene} seen={seen} /> : <NoLook />
}

function Profile({ scene, seen }: { readonly scene: Scene; readonly seen: SeenNet }) {
  const [measure, setMeasure] = useState<Measure>('outputs')
  const [wished, setWished] = useState<string>()
  const main = usePlace()?.analysis.mainHead
  const heads = useMemo(() => headsOf(scene, main), [scene, main])
  const end = wished === ALL ? undefined : (heads.find(({ id }) => id === wished) ?? heads[0])?.id
  const nodes = useMemo(() => nodesTo(scene, end), [scene, end])
  const bars = useMemo(() => barsOf(nodes, seen, measure), [nodes, seen, measure])
  const { words } = MEASURES.find(({ id }) => id === measure)!
  const explained = `${words}, before step ${grouped(seen.step + 1)}.`
  const choose = (id: string) => {
    select([id])
    canvasHandle()?.reveal([id])
  }
  return (
    <div className="dock-panel">
      <div className="gradients-bar">
        <Segmented label="Measure" options={MEASURES} value={measure} onChange={setMeasure} />
        {heads.length > 1 && (
          <Select
            label="Way to"
            hideLabel
            options={[...heads.map(({ id, title }) => ({ id, title: `To ${title}` })), { id: ALL, title: 'All nodes' }]}
            value={end ?? ALL}
            onChange={setWished}
          />
        )}
        <p className="gradients-words" role="status" title={explained}>
          <b>{lossOnTheWay(bars)}</b> {explained}
        </p>
      </div>
      {bars.length === 0 ? (
        <EmptyState icon={Activity} title="No weights here" />
      ) : (
        <ProfileChart bars={bars} label={words} onChoose={choose} />
      )}
    </div>
  )
}

function NoLook() {
  const { settings, change } = useSettingsOf()
  const { probeEvery } = settings
  const asks = probeEvery > 0
  return (
    <EmptyState
      icon={Activity}
      title="Where does the gradient die?"
      action={
        asks ? (
          <TrainButton inPanel />
        ) : (
          <Button onPress={() => change({ probeEvery: EVERY })}>{`Look inside every ${EVERY} steps`}</Button>
        )
      }
    >
      {asks
        ? `A run looks inside every ${grouped(probeEvery)} steps; from its first look on, bars show the gradient of each node from input to head.`
        : 'A run that looks inside shows here how strongly the gradient arrives at each node, from input to head.'}
    </EmptyState>
  )
}
