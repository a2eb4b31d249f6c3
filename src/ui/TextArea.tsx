import { useId, type KeyboardEvent } from 'react'
import { cx } from './cx'
import { useFieldControl, useReportToField } from './field-context'
import { useTextDraft } from './use-text-draft'
import './fields.css'

interface TextAreaProps {
  value: string
  /** Called on blur and Ctrl+Enter with a valid text that differs. */
  onCommit?: ((value: string) => void) | undefined
  onInput?: ((value: string) => void) | undefined
  validate?: ((value: string) => string | undefined) | undefined
  rows?: number | undefined
  mono?: boolean | undefined
  placeholder?: string | undefined
  maxLength?: number | undefined
  disabled?: boolean | undefined
  'aria-label'?: string | undefined
}

export function TextArea(props: TextAreaProps) {
  const { value, onCommit, onInput, validate, rows = 4, mono } = props
  const field = useFieldControl()
  const errorId = useId()
  const draft = useTextDraft(value, onCommit, onInput, validate)
  useReportToField(draft.problem)
  const invalid = draft.problem !== undefined || Boolean(field?.invalid)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.commit()
    if (event.key === 'Escape' && draft.dirty) {
      event.stopPropagation()
      draft.revert()
    }
  }

  return (
    <>
      <textarea
        className={cx('ui-textarea', mono && 'mono')}
        data-invalid={invalid || undefined}
        id={field?.controlId}
        aria-label={props['aria-label']}
        aria-describedby={cx(field?.describedBy, !field && draft.problem && errorId) || undefined}
        aria-invalid={invalid || undefined}
        spellCheck={!mono}
        rows={rows}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        disabled={props.disabled}
        value={draft.text}
        onChange={(event) => draft.edit(event.target.value)}
        onBlur={draft.commit}
        onKeyDown={onKeyDown}
      />
      {!field && draft.problem && (
        <span id={errorId} className="ui-field-error">
          {draft.problem}
        </span>
      )}
    </>
  )
}
