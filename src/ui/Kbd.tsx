import './data.css'

/** One key, as it is printed on it. */
export function Kbd({ children }: { children: string }) {
  return <kbd className="ui-kbd">{children}</kbd>
}
