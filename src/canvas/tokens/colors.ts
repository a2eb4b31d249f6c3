/** Colours of tokens, read from the theme once: Canvas2D cannot use `light-dark()` or custom properties. */
const NAMES = {
  canvas: '--c-canvas',
  node: '--c-node',
  panel: '--c-panel',
  onNow: '--c-on-now',
  ink: '--c-ink',
  flight: '--s-flight',
  flightFill: '--s-flight-fill',
  ok: '--s-ok',
  retry: '--s-retry',
  throttled: '--s-throttled',
  throttledFill: '--s-throttled-fill',
  error: '--s-error',
  dead: '--s-dead',
  blocked: '--s-blocked',
} as const

export type TokenColors = { readonly [name in keyof typeof NAMES]: string } & { readonly font: string }

export function readColors(within: HTMLElement): TokenColors {
  const probe = document.createElement('i')
  probe.style.display = 'none'
  within.append(probe)
  const entries = Object.entries(NAMES).map(([name, property]) => {
    probe.style.color = `var(${property})`
    return [name, getComputedStyle(probe).color]
  })
  const font = getComputedStyle(within).fontFamily
  probe.remove()
  return { ...(Object.fromEntries(entries) as { [name in keyof typeof NAMES]: string }), font }
}
