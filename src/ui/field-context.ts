import { createContext, useContext, useEffect } from 'react'

export interface FieldControl {
  /** Goes on the one labelled control of the field. */
  controlId: string
  labelId: string
  /** `aria-describedby` of every control in the field. */
  describedBy: string | undefined
  invalid: boolean
  /** A control reports what is wrong with its draft; `undefined` clears it. */
  report: (message: string | undefined) => void
}

export const FieldContext = createContext<FieldControl | null>(null)

/** What the surrounding `Field` wants its control to carry; null outside a field. */
export function useFieldControl(): FieldControl | null {
  return useContext(FieldContext)
}

/** Shows a draft's problem in the surrounding field for as long as it lasts. */
export function useReportToField(message: string | undefined): void {
  const report = useContext(FieldContext)?.report
  useEffect(() => {
    report?.(message)
    return () => report?.(undefined)
  }, [report, message])
}
