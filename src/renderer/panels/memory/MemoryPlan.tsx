import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { fitOf, imagesAtOnce, largestBatch, type MemoryEstimate } from '../../../shared/training/memory-need.js'
import { useLoaded } from '../../stores/cache.js'
import { dataKey, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { grouped } from '../../ui/format.js'
import { bytesWords } from '../export/words.js'
import { FigureList, type FigureRows } from '../inspector/Figures.js'
import { useSettingsOf } from '../training/useTraining.js'
import { MemoryBar } from './MemoryBar.js'
import { useMemory, useTracedMemory } from './useMemory.js'
import { BASIS_WORDS, FIT_WORDS, memorySentence, needWords } from './words.js'

/** Whether the shown net fits its device, before anything is trained, and the largest batch where it does not. */
export function MemoryPlan() {
  useTracedMemory()
  const estimate = useMemory()
  const { settings, change } = useSettingsOf()
  const images = useTrainingImages()
  if (!estimate) return undefined
  const fit = fitOf(estimate.needed, estimate)
  const largest = fit === 'fits' ? undefined : largestBatch(estimate, settings)
  const batch = largest === undefined ? undefined : Math.min(largest, images)
  const { runtime, state, values } = estimate
  return (
    <section className="memory" aria-label="Memory">
      <div className="memory-head">
        <DialogTrigger>
          <Button kind="quiet">{needWords(estimate)}</Button>
          <Popover className="popover memory-popover" placement="top start" offset={6}>
            <Dialog className="settings-dialog" aria-label="Memory of the training">
              <Parts estimate={estimate} />
            </Dialog>
          </Popover>
        </DialogTrigger>
        <span role="status" className={`memory-word memory-word-${fit}`}>
          {FIT_WORDS[fit]}
        </span>
      </div>
      <MemoryBar label={memorySentence(estimate)} parts={[runtime, state, values]} room={estimate} />
      {batch !== undefined && batch < settings.batch && (
        <Button onPress={() => change({ batch })}>{`Set the batch to ${grouped(batch)}`}</Button>
      )}
      {fit === 'too-large' && largest === undefined && (
        <p className="memory-note">Not even one image fits: use smaller images, a smaller net or another device.</p>
      )}
    </section>
  )
}

/** Images that the chosen data has for training: a batch cannot have more. */
function useTrainingImages(): number {
  const { settings } = useSettingsOf()
  const data = useLoaded(useServices().data, dataKey(settings.data, settings.validationShare))
  return data.state === 'ready' ? Math.max(1, data.value.train) : Infinity
}

function Parts({ estimate }: { readonly estimate: MemoryEstimate }) {
  const { settings } = useSettingsOf()
  const devices = useLoaded(useServices().devices, '')
  const { device, runtime, state, values, needed, perImage, total, free, basis } = estimate
  const title = (devices.state === 'ready' && devices.value.find(({ name }) => name === device)?.title) || device
  const images = imagesAtOnce(settings)
  const rows: FigureRows = [
    ['Program and libraries', runtime > 0 ? bytesWords(runtime) : undefined],
    ['Weights and optimizer', bytesWords(state)],
    [images === 1 ? 'Values of one image' : `Values of ${grouped(images)} images`, bytesWords(values)],
    ['Needed at most', bytesWords(needed)],
    ['One more image', bytesWords(perImage)],
    ['Free now', free === undefined ? undefined : bytesWords(free)],
    ['The device has', total === undefined ? 'not told' : bytesWords(total)],
  ]
  return (
    <>
      <h3 className="section-title">{title}</h3>
      <FigureList rows={rows} />
      <p className="muted memory-note">{BASIS_WORDS[basis]}</p>
    </>
  )
}
