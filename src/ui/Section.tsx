import { useId, useState, type ReactNode } from 'react'
import { cx } from './cx'
import { Glyph, type GlyphName } from './glyphs'
import './data.css'

interface SectionProps {
  title: ReactNode
  glyph?: GlyphName | undefined
  /** What stands at the right of the header: a total, a link, a button. */
  end?: ReactNode
  level?: 2 | 3 | 4 | undefined
  children: ReactNode
  className?: string | undefined
}

/** A panel section: a 24 px header, content, one line below. */
export function Section({ title, glyph, end, level = 3, children, className }: SectionProps) {
  const id = useId()
  const Heading = `h${level}` as const
  return (
    <section className={cx('ui-section', className)} aria-labelledby={id}>
      <div className="ui-section-head">
        {glyph && <Glyph name={glyph} />}
        <Heading id={id}>{title}</Heading>
        {end && <div className="ui-section-end">{end}</div>}
      </div>
      {children}
    </section>
  )
}

interface DisclosureProps extends Omit<SectionProps, 'glyph'> {
  defaultOpen?: boolean | undefined
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
}

/** A section that folds. Its content is not rendered while it is closed. */
export function Disclosure(props: DisclosureProps) {
  const { title, end, level = 3, children, defaultOpen = false, open, onOpenChange, className } = props
  const id = useId()
  const [own, setOwn] = useState(defaultOpen)
  const shown = open ?? own
  const Heading = `h${level}` as const

  function toggle() {
    setOwn(!shown)
    onOpenChange?.(!shown)
  }

  return (
    <section className={cx('ui-section', className)} aria-labelledby={id}>
      <div className="ui-section-head">
        <Heading id={id}>
          <button
            type="button"
            className="ui-disclosure"
            aria-expanded={shown}
            aria-controls={`${id}-body`}
            onClick={toggle}
          >
            <Glyph name="chevron" size={12} />
            {title}
          </button>
        </Heading>
        {end && <div className="ui-section-end">{end}</div>}
      </div>
      <div id={`${id}-body`} hidden={!shown}>
        {shown && children}
      </div>
    </section>
  )
}
