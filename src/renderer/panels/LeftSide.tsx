import { showSide, useView } from '../stores/view.js'
import { Tabs } from '../ui/Tabs.js'
import { Outline } from './outline/Outline.js'
import { Palette } from './Palette.js'

/** Left of the canvas: what can be added to the net, or what is in it. */
export function LeftSide() {
  const side = useView((s) => s.side)
  return (
    <Tabs
      label="Left side"
      selected={side}
      onSelect={showSide}
      tabs={[
        { id: 'add', title: 'Add', content: <Palette /> },
        { id: 'outline', title: 'Outline', content: <Outline /> },
      ]}
    />
  )
}
