import { useReactFlow, useStore } from '@xyflow/react'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'

interface ViewControlsProps {
  mapShown: boolean
  onMapShown: (shown: boolean) => void
  onFit: () => void
}

/** Fit, zoom and how much: bottom left of the canvas. */
export function ViewControls({ mapShown, onMapShown, onFit }: ViewControlsProps) {
  const flow = useReactFlow()
  const percent = useStore((state) => Math.round(state.transform[2] * 100))
  return (
    <div className="cs-view" role="group" aria-label="View">
      <IconButton glyph="fit" label="Fit the drawing" shortcut="0" tooltipSide="top" size="sm" onClick={onFit} />
      <Button variant="quiet" size="sm" aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
        −
      </Button>
      <Button
        variant="quiet"
        size="sm"
        className="num cs-percent"
        aria-label={`Zoom ${percent} percent. Set 100 percent`}
        onClick={() => void flow.zoomTo(1)}
      >
        {percent} %
      </Button>
      <Button variant="quiet" size="sm" aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
        +
      </Button>
      <IconButton
        glyph="search"
        label={mapShown ? 'Hide the map' : 'Show the map'}
        tooltipSide="top"
        size="sm"
        aria-pressed={mapShown}
        onClick={() => onMapShown(!mapShown)}
      />
    </div>
  )
}
