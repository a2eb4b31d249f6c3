import { Tooltip as Base } from '@base-ui/react/tooltip'
import { Kbd } from './Kbd'
import type { Tip } from './Tooltip'
import './popup.css'

/** The text beside a control, placed by Base UI; `Tooltip` loads it when the first one is due. */
export default function TooltipPopup({ tip, onClose }: { tip: Tip; onClose: () => void }) {
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Base.Portal>
        <Base.Positioner
          className="ui-positioner"
          anchor={tip.anchor}
          side={tip.side}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className="ui-tooltip">
            {tip.content}
            {tip.shortcut !== '' && <Kbd>{tip.shortcut}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
