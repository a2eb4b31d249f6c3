import { Button, type ButtonProps } from './Button'

export type ToggleButtonProps = Omit<ButtonProps, 'aria-pressed' | 'onChange' | 'onClick'> & {
  pressed: boolean
  onChange: (pressed: boolean) => void
}

/** A button that stays down. Its name says what is on, so it does not change when pressed. */
export function ToggleButton({ pressed, onChange, ...rest }: ToggleButtonProps) {
  const props = rest as ButtonProps
  return <Button {...props} aria-pressed={pressed} onClick={() => onChange(!pressed)} />
}
