import { LATEST } from '../../../drawing'
import { useState } from 'react'
import type { LogicalId } from '../../../model/scenario'
import { announce } from '../../../ui/announce'
import { Button } from '../../../ui/Button'
import { Section } from '../../../ui/Section'
import { TextField } from '../../../ui/TextField'
import type { EditHandler, InspectorProps } from '../types'
import { nameOf } from '../words'
import { AliasCard } from './AliasCard'
import { Callers } from './Callers'
import { publish, type Answer } from './edits'
import { NewAlias } from './NewAlias'
import { aliasesOf, differences, latestOf, numberOf, publishedOf, versionsOf } from './releases'
import { VersionCard } from './VersionCard'
import './versions.css'

export type VersionsProps = Pick<InspectorProps, 'scenario' | 'run' | 'playhead'> & {
  id: LogicalId
  readOnly: boolean
  onEdit: EditHandler
  /** The version or alias that is open at first. */
  release?: LogicalId | undefined
}

/** Versions and aliases of a function: publish, point, weigh, roll back, and who calls what. */
export default function VersionsTab({ id, scenario, run, playhead, readOnly, onEdit, release }: VersionsProps) {
  const [open, setOpen] = useState<LogicalId | null>(release ?? null)
  const [note, setNote] = useState('')
  const [told, setTold] = useState<{ text: string; refused: boolean } | null>(null)
  const versions = versionsOf(id, scenario).reverse()
  const aliases = aliasesOf(id, scenario)
  const [newest] = versions
  const changed = newest === undefined ? [] : differences(publishedOf(newest, scenario), latestOf(id, scenario))

  /** Applies what an edit answers and says it; tells whether it was done. */
  function apply(answer: Answer, key?: string): boolean {
    if ('refused' in answer) {
      setTold({ text: answer.refused, refused: true })
      announce(answer.refused)
      return false
    }
    if (answer.patches.length === 0) return false
    onEdit(answer.label, answer.patches, key)
    setTold({ text: answer.said, refused: false })
    announce(answer.said)
    if (answer.made !== undefined) setOpen(answer.made)
    return true
  }
  const shared = { scenario, run, playhead, readOnly, onApply: apply }

  return (
    <>
      <Section title="Publish">
        <p className="ver-latest">
          <b className="strong">{LATEST}</b>{' '}
          <span className="dim">
            {newest === undefined
              ? 'is what you edit. Nothing is published yet.'
              : changed.length === 0
                ? `is the same as version ${numberOf(newest, scenario)}.`
                : `differs from version ${numberOf(newest, scenario)}: ${changed.map(({ name }) => name).join(', ')}.`}
          </span>
        </p>
        {!readOnly && (
          <div className="ver-publish">
            <TextField
              value={note}
              aria-label="Description of the next version"
              placeholder="Description"
              maxLength={256}
              onInput={setNote}
              onCommit={setNote}
            />
            <Button
              variant="primary"
              onClick={() => {
                if (apply(publish(id, note, scenario))) setNote('')
              }}
            >
              Publish version
            </Button>
          </div>
        )}
        {told !== null && (
          <p className="xs insp-hint" data-refused={told.refused || undefined}>
            {told.text}
          </p>
        )}
      </Section>
      <Section title="Aliases" end={<span className="xs faint num">{aliases.length}</span>}>
        {aliases.length === 0 && (
          <p className="dim insp-hint">
            An alias is a name that points to a version. Who calls {nameOf(id, scenario)} by an alias never changes when
            you move it.
          </p>
        )}
        <ul className="insp-list">
          {aliases.map((alias) => (
            <AliasCard
              key={alias}
              {...shared}
              id={alias}
              fn={id}
              open={open === alias}
              onOpen={() => setOpen(open === alias ? null : alias)}
            />
          ))}
        </ul>
        {!readOnly && <NewAlias scenario={scenario} onApply={apply} fn={id} />}
      </Section>
      <Section title="Versions" end={<span className="xs faint num">{versions.length}</span>}>
        {versions.length === 0 ? (
          <p className="dim insp-hint">
            A version is a copy of code and configuration that never changes. Publish one to give callers something that
            stays while you edit.
          </p>
        ) : (
          <ul className="insp-list">
            {versions.map((version) => (
              <VersionCard
                key={version}
                {...shared}
                id={version}
                fn={id}
                open={open === version}
                onOpen={() => setOpen(open === version ? null : version)}
              />
            ))}
          </ul>
        )}
      </Section>
      <Callers scenario={scenario} readOnly={readOnly} onApply={apply} fn={id} />
    </>
  )
}
