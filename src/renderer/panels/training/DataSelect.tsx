import { useState } from 'react'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import { useLoaded } from '../../stores/cache.js'
import { useServices } from '../../stores/services.js'
import { Select } from '../../ui/Select.js'
import { FileBrowser } from '../data/FileBrowser.js'

/** Not a spec: a path can not hold it. */
const BROWSE = '\0browse'

/** What a data set is called: the title of a built-in set, or the last part of a path. */
export function dataTitle(spec: string, builtin: readonly { readonly spec: string; readonly title: string }[]): string {
  const own = builtin.find((set) => set.spec === spec) ?? (spec === 'builtin' ? builtin[0] : undefined)
  return own?.title ?? (spec.split(/[\\/]/).filter(Boolean).at(-1) || spec)
}

export interface DataSelectProps {
  readonly settings: Pick<TrainingSettings, 'data'>
  readonly onChange: (part: { readonly data: string }) => void
}

/** Built-in sets, the chosen folder or file, and the way to choose another. */
export function DataSelect({ settings, onChange }: DataSelectProps) {
  const [browsing, setBrowsing] = useState(false)
  const builtin = useLoaded(useServices().builtin, '')
  const sets = builtin.state === 'ready' ? builtin.value : []
  const first = sets[0]?.spec
  const value = settings.data === 'builtin' && first ? first : settings.data
  const own = sets.some((set) => set.spec === value)
    ? []
    : [{ id: value, title: dataTitle(value, sets), detail: value }]
  return (
    <>
      <Select
        label="Data"
        value={value}
        onChange={(id) => (id === BROWSE ? setBrowsing(true) : onChange({ data: id }))}
        options={[
          ...sets.map(({ spec, title, detail }) => ({ id: spec, title, detail })),
          ...own,
          { id: BROWSE, title: 'Choose folder or file…', detail: 'Class folders, IDX, CIFAR or .npz' },
        ]}
      />
      <FileBrowser
        isOpen={browsing}
        onClose={() => setBrowsing(false)}
        onChoose={(data) => {
          setBrowsing(false)
          onChange({ data })
        }}
      />
    </>
  )
}
