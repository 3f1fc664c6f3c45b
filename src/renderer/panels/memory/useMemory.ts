import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Device } from '../../../shared/api.js'
import { print } from '../../../shared/document/file.js'
import type { Document } from '../../../shared/document/document.js'
import { quickNeed } from '../../../shared/program/memory.js'
import { LIKELY_DEVICE, type MemoryEstimate } from '../../../shared/training/memory-need.js'
import type { DeviceName, TrainingSettings } from '../../../shared/training/settings.js'
import { useLoaded } from '../../stores/cache.js'
import { measureKey, useServices } from '../../stores/services.js'
import { useNet } from '../training/net.js'
import { settingsToSend } from '../training/settings.js'
import { useSettingsOf } from '../training/useTraining.js'

/** Questions by the document that they are about: made when something asks, which the canvas never does. */
const questions = new WeakMap<Document, string>()

/** Have the services trace the step of the newest state of the shown net. */
export function useTracedMemory(): void {
  const { memory } = useServices()
  const { document, analysis, isOpen } = useNet()
  const key = useStore(memory.store, (answer) => answer.key)
  const sound = isOpen && analysis.heads.length > 0 && !analysis.issues.some(({ severity }) => severity === 'error')
  useEffect(() => {
    if (!sound) return
    const question = questions.get(document) ?? memoryQuestion(document, settingsToSend(document, analysis))
    questions.set(document, question)
    if (question !== key) memory.want(question)
  }, [memory, sound, document, analysis, key])
}

/**
 * What training the shown net takes, as well as it is known: at once from the analysis, and from the traced step where that was
 * asked for. `undefined` for a net that cannot be trained, and while nothing is known of one that takes images of any size.
 */
export function useMemory(): MemoryEstimate | undefined {
  const { memory, devices } = useServices()
  const { document, analysis } = useNet()
  const { settings } = useSettingsOf()
  const { key, entry } = useStore(memory.store)
  const known = useLoaded(devices, '')
  const last = entry?.state === 'ready' ? entry.value : undefined
  if (last && key !== undefined && key === questions.get(document)) return last
  const device = settings.device === 'auto' ? (last?.device ?? LIKELY_DEVICE) : settings.device
  const need = analysis.heads.length > 0 ? quickNeed(analysis, device, settings) : undefined
  const list = known.state === 'ready' ? known.value : []
  return need && { device, ...need, ...(last?.device === device ? roomOf(last) : listedRoom(list, device)) }
}

/** The net without its drawing, and the settings without what does not matter: moving a node asks nothing. */
function memoryQuestion(document: Document, settings: TrainingSettings): string {
  const nodes = Object.entries(document.nodes).map(([id, node]) => [id, { ...node, at: [0, 0] as const }] as const)
  const plain: Document = { ...document, name: 'Net', nodes: Object.fromEntries(nodes), training: {} }
  return measureKey(print(plain), { ...settings, learningRate: 0, epochs: 1, headWeights: {} })
}

function roomOf({ total, free }: MemoryEstimate) {
  return { ...(total !== undefined && { total }), ...(free !== undefined && { free }) }
}

function listedRoom(devices: readonly Device[], device: DeviceName) {
  const total = devices.find(({ name }) => name === device)?.memory
  return total === undefined ? {} : { total }
}
