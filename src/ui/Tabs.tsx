import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { Glyph, type GlyphName } from './glyphs'
import './controls.css'

export interface TabItem<Id extends string = string> {
  id: Id
  label: ReactNode
  glyph?: GlyphName | undefined
  /** A small count after the label, for example open problems. */
  count?: ReactNode
  disabled?: boolean | undefined
}

interface TabsProps<Id extends string> {
  /** Names the tab list. */
  label: string
  tabs: readonly TabItem<Id>[]
  value: Id
  onChange: (id: Id) => void
  /** What stands at the right end of the tab bar. */
  end?: ReactNode
  /** `TabPanel`s; render heavy panels only while they are chosen. */
  children: ReactNode
  className?: string | undefined
}

/** Tab bar and its panels. Arrows rove, Enter or Space chooses, so passing over a tab does not build its panel. */
export function Tabs<Id extends string>({ label, tabs, value, onChange, end, children, className }: TabsProps<Id>) {
  return (
    <Base.Root className={cx('ui-tabs', className)} value={value} onValueChange={(id: Id) => onChange(id)}>
      <div className="ui-tabbar">
        <Base.List aria-label={label} className="ui-tablist">
          {tabs.map((tab) => (
            <Base.Tab key={tab.id} value={tab.id} disabled={tab.disabled} className="ui-tab">
              {tab.glyph && <Glyph name={tab.glyph} size={14} />}
              {tab.label}
              {tab.count !== undefined && <span className="ui-tab-count num">{tab.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {end && <div className="ui-tabbar-end">{end}</div>}
      </div>
      {children}
    </Base.Root>
  )
}

interface TabPanelProps {
  id: string
  children: ReactNode
  className?: string | undefined
}

export function TabPanel({ id, children, className }: TabPanelProps) {
  return (
    <Base.Panel value={id} className={cx('ui-tabpanel', className)}>
      {children}
    </Base.Panel>
  )
}
