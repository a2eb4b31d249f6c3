import { variantOf, type Field } from '../../../gate'
import type { Json, JsonObject } from '../../../model/scenario'
import { IconButton } from '../../../ui/IconButton'
import { useForm } from '../form/form-context'
import { FormField } from '../form/FormField'

interface StepEditorProps {
  field: Field
  step: JsonObject
  path: string
  first: boolean
  last: boolean
  onChange: (step: Json) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** The settings of one step, and the buttons that move and remove it. */
export function StepEditor({ field, step, path, first, last, onChange, onMove, onRemove }: StepEditorProps) {
  const { readOnly } = useForm()
  const name = variantOf(field, step)?.title.toLowerCase() ?? 'step'
  return (
    <div className="insp-step-editor">
      <div className="row">
        <span className="grow faint xs">{variantOf(field, step)?.help}</span>
        <IconButton
          glyph="chevron"
          className="insp-up"
          size="sm"
          label="Move up"
          shortcut="Alt+↑"
          disabled={readOnly || first}
          onClick={() => onMove(-1)}
        />
        <IconButton
          glyph="chevron"
          className="insp-down"
          size="sm"
          label="Move down"
          shortcut="Alt+↓"
          disabled={readOnly || last}
          onClick={() => onMove(1)}
        />
        <IconButton
          glyph="close"
          size="sm"
          label={`Remove this ${name}`}
          shortcut="Del"
          disabled={readOnly}
          onClick={onRemove}
        />
      </div>
      <FormField
        field={{ ...field, name: '', title: 'Step' }}
        value={step}
        path={path}
        onChange={(next) => onChange(next ?? step)}
      />
    </div>
  )
}
