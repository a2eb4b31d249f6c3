import { useEffect, useRef, useState } from 'react'
import { LATEST, qualifierOf } from '../../../drawing'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { Field } from '../../../ui/Field'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { aliasNameProblem, newAlias, type Answer } from './edits'
import { aliasesOf, versionsOf } from './releases'

interface NewAliasProps {
  fn: LogicalId
  scenario: Scenario
  onApply: (answer: Answer) => boolean
}

/** A button that becomes the form of a new alias: its name and the version it points to. */
export function NewAlias({ fn, scenario, onApply }: NewAliasProps) {
  const [asked, setAsked] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const [left, setLeft] = useState(false)
  // whoever finished or left the form goes on from its button
  useEffect(() => {
    if (!asked && left) button.current?.focus()
  }, [asked, left])
  const close = () => {
    setAsked(false)
    setLeft(true)
  }
  if (!asked) {
    return (
      <Button ref={button} size="sm" glyph="add" onClick={() => setAsked(true)}>
        New alias
      </Button>
    )
  }
  return <AliasForm fn={fn} scenario={scenario} onApply={onApply} onClose={close} />
}

function AliasForm({ fn, scenario, onApply, onClose }: NewAliasProps & { onClose: () => void }) {
  const newestFirst = versionsOf(fn, scenario).reverse()
  const [name, setName] = useState(aliasesOf(fn, scenario).length === 0 ? 'live' : '')
  const [version, setVersion] = useState(newestFirst[0] ?? LATEST)
  const problem = aliasNameProblem(fn, name, scenario)
  function create() {
    if (problem === undefined && onApply(newAlias(fn, name, version, scenario))) onClose()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the Escape of the fields inside
    <form
      className="ver-form"
      aria-label="New alias"
      onSubmit={(event) => {
        event.preventDefault()
        create()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <Field label="Name" layout="wide" error={name === '' ? undefined : problem}>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was just asked for */}
        <TextField value={name} maxLength={128} autoFocus onInput={setName} onCommit={setName} />
      </Field>
      <Field label="Points to" layout="wide">
        <Select
          value={version}
          options={[
            ...newestFirst.map((id) => ({ value: id, label: `Version ${qualifierOf(id, scenario)}` })),
            { value: LATEST, label: LATEST, note: 'unpublished' },
          ]}
          onChange={setVersion}
        />
      </Field>
      <div className="insp-fixes">
        <Button size="sm" type="submit" disabled={problem !== undefined}>
          Create alias
        </Button>
        <Button size="sm" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
