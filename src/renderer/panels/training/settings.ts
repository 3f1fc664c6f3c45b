import type { Document } from '../../../shared/document/document.js'
import type { Analysis, HeadFacts } from '../../../shared/graph/graph.js'
import { DEFAULT_SETTINGS, type TrainingSettings } from '../../../shared/training/settings.js'

/** The settings a document remembers; what is missing or of another kind takes its first value. */
export function settingsOf({ training }: Pick<Document, 'training'>): TrainingSettings {
  const known = Object.entries(DEFAULT_SETTINGS).map(([name, first]) => {
    const value = training[name]
    return [name, typeof value === typeof first && value !== null ? value : first]
  })
  const { steps } = training
  return { ...Object.fromEntries(known), ...(typeof steps === 'number' ? { steps } : {}) } as TrainingSettings
}

/** Weight of a head's loss: what the settings say, or else what stands in its node. */
export function weightOf(head: HeadFacts, settings: Pick<TrainingSettings, 'headWeights'>): number {
  return settings.headWeights[head.id] ?? head.weight
}

/** What is sent with a run: the settings with the weight of every head written out. */
export function settingsToSend(document: Document, { heads }: Pick<Analysis, 'heads'>): TrainingSettings {
  const settings = settingsOf(document)
  const headWeights = Object.fromEntries(heads.map((head) => [head.id, weightOf(head, settings)]))
  return { ...settings, headWeights }
}

/** Heads with the main one first, as charts, mixer and results list them. */
export function orderedHeads({ heads, mainHead }: Pick<Analysis, 'heads' | 'mainHead'>): readonly HeadFacts[] {
  return [...heads].sort((a, b) => Number(b.id === mainHead) - Number(a.id === mainHead))
}
