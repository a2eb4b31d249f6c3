import { createContext, createElement, useContext, type ComponentType, type ReactNode } from 'react'
import type { Json, LogicalId, Scenario } from '../../../model/scenario'
import type { Problem } from '../../../services/service'
import type { Field } from '../../../gate'
import type { Building } from '../types'

/** What all controls of one form share. */
export interface Form {
  readonly scenario: Scenario
  /** The resource the form edits. */
  readonly owner: LogicalId
  readonly readOnly: boolean
  readonly problems: readonly Problem[]
  /** Properties are called as in CloudFormation, behaviour by its title. */
  readonly naming: 'name' | 'title'
  readonly onBuild?: ((building: Building) => void) | undefined
}

export const FormContext = createContext<Form | null>(null)

export function useForm(): Form {
  const form = useContext(FormContext)
  if (form === null) throw new Error('a form control stands outside a form')
  return form
}

export interface ControlProps {
  readonly field: Field
  /** As written in the document; undefined: not written, the default holds. */
  readonly value: unknown
  /** JSON pointer of the value in the document. */
  readonly path: string
  /** `undefined` takes the value away. */
  readonly onChange: (value: Json | undefined) => void
}

export const labelOf = (field: Field, form: Form): string =>
  form.naming === 'name' && field.name !== '' ? field.name : field.title || field.name

/** The control for any field, handed down so that controls of compound values need not import the one that knows them all. */
export const ControlContext = createContext<ComponentType<ControlProps> | null>(null)

/** The control of a part of a compound value. */
export function NestedField(props: ControlProps): ReactNode {
  const Control = useContext(ControlContext)
  if (Control === null) throw new Error('a compound control stands outside FormField')
  return createElement(Control, props)
}
