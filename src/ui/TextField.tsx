import { useId, type KeyboardEvent, type Ref } from 'react'
import { cx } from './cx'
import { useFieldControl, useReportToField } from './field-context'
import { Glyph, type GlyphName } from './glyphs'
import { Kbd } from './Kbd'
import { useTextDraft } from './use-text-draft'
import './fields.css'

export interface TextFieldProps {
  value: string
  /** Called on Enter and blur with a valid text that differs. */
  onCommit?: ((value: string) => void) | undefined
  /** Called on every keystroke (search boxes). */
  onInput?: ((value: string) => void) | undefined
  /** What is wrong with a text, in one sentence with the remedy; `undefined` when nothing is. */
  validate?: ((value: string) => string | undefined) | undefined
  type?: 'text' | 'search' | undefined
  /** For addresses, codes and identifiers with punctuation. */
  mono?: boolean | undefined
  glyph?: GlyphName | undefined
  /** Key that focuses the field, shown at its end. */
  shortcut?: string | undefined
  placeholder?: string | undefined
  maxLength?: number | undefined
  autoFocus?: boolean | undefined
  disabled?: boolean | undefined
  spellCheck?: boolean | undefined
  'aria-label'?: string | undefined
  ref?: Ref<HTMLInputElement> | undefined
  className?: string | undefined
}

export function TextField(props: TextFieldProps) {
  const { value, onCommit, onInput, validate, mono, glyph, shortcut, disabled, ref } = props
  const field = useFieldControl()
  const errorId = useId()
  const draft = useTextDraft(value, onCommit, onInput, validate)
  useReportToField(draft.problem)
  const invalid = draft.problem !== undefined || Boolean(field?.invalid)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') draft.commit()
    if (event.key === 'Escape' && draft.dirty) {
      event.stopPropagation()
      draft.revert()
      onInput?.(value)
    }
  }

  return (
    <>
      <span
        className={cx('ui-input', mono && 'mono', props.className)}
        data-invalid={invalid || undefined}
        data-disabled={disabled}
      >
        {glyph && <Glyph name={glyph} size={14} className="faint" />}
        <input
          ref={ref}
          type={props.type ?? 'text'}
          id={field?.controlId}
          aria-label={props['aria-label']}
          aria-describedby={cx(field?.describedBy, !field && draft.problem && errorId) || undefined}
          aria-invalid={invalid || undefined}
          autoComplete="off"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only for fields a user has just asked for (rename, search)
          autoFocus={props.autoFocus}
          spellCheck={props.spellCheck ?? false}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          disabled={disabled}
          value={draft.text}
          onChange={(event) => draft.edit(event.target.value)}
          onBlur={draft.commit}
          onKeyDown={onKeyDown}
        />
        {shortcut && <Kbd>{shortcut}</Kbd>}
      </span>
      {!field && draft.problem && (
        <span id={errorId} className="ui-field-error">
          {draft.problem}
        </span>
      )}
    </>
  )
}
