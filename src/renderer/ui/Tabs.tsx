import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'

export interface TabEntry<K extends string> {
  readonly id: K
  readonly title: string
  /** A small count or mark behind the title. */
  readonly badge?: ReactNode
  readonly content: ReactNode
}

export interface TabsProps<K extends string> {
  readonly label: string
  readonly tabs: readonly TabEntry<K>[]
  readonly selected: K
  readonly onSelect: (id: K) => void
  /** What stands at the right end of the tab row. */
  readonly trailing?: ReactNode
}

/** Places side by side of which one shows; only the shown one is mounted. */
export function Tabs<K extends string>({ label, tabs, selected, onSelect, trailing }: TabsProps<K>) {
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onSelect(key as K)}>
      <div className="tabs-row">
        <TabList className="tabs-list" aria-label={label}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className="tab">
              {tab.title}
              {tab.badge}
            </Tab>
          ))}
        </TabList>
        {trailing && <div className="tabs-trailing">{trailing}</div>}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
