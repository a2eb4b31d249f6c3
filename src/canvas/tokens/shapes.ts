/** Outlines of tokens about 0, 0 (visual.md 9): each shape is told apart without its colour. `angle` points along the wire. */
export function event(g: Path, x: number, y: number): void {
  circle(g, x, y, 5)
}

export function message(g: Path, x: number, y: number): void {
  g.roundRect(x - 5, y - 3.5, 10, 7, 2)
}

export function request(g: Path, x: number, y: number, angle: number): void {
  polygon(g, x, y, angle, [-5.5, -5, 1, -5, 6, 0, 1, 5, -5.5, 5])
}

export function response(g: Path, x: number, y: number): void {
  circle(g, x, y, 4)
}

/** An open ring with an arrowhead: it goes round again. */
export function retryLoop(g: Path, x: number, y: number): void {
  g.moveTo(x + 4.6 * Math.cos(0.9), y + 4.6 * Math.sin(0.9))
  g.arc(x, y, 4.6, 0.9, 0.9 + 5)
  g.moveTo(x + 5.4, y - 5.2)
  g.lineTo(x + 4.7, y - 1)
  g.lineTo(x + 0.8, y - 2.6)
}

export function ring(g: Path, x: number, y: number, radius: number): void {
  circle(g, x, y, radius)
}

export function bars(g: Path, x: number, y: number): void {
  for (const dx of [-2.2, 0, 2.2]) {
    g.moveTo(x + dx, y - 3)
    g.lineTo(x + dx, y + 3)
  }
}

const OCTAGON = Array.from(
  { length: 16 },
  (_, i) => 6.2 * (i % 2 === 0 ? Math.cos : Math.sin)(Math.PI / 8 + (Math.floor(i / 2) * Math.PI) / 4),
)

export function octagon(g: Path, x: number, y: number): void {
  polygon(g, x, y, 0, OCTAGON)
}

export function diamond(g: Path, x: number, y: number): void {
  polygon(g, x, y, 0, [0, -7, 7, 0, 0, 7, -7, 0])
}

export function cross(g: Path, x: number, y: number): void {
  g.moveTo(x - 2.2, y - 2.2)
  g.lineTo(x + 2.2, y + 2.2)
  g.moveTo(x + 2.2, y - 2.2)
  g.lineTo(x - 2.2, y + 2.2)
}

/** Two bars across the wire, ahead of what they stop. */
export function doubleBar(g: Path, x: number, y: number, angle: number): void {
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  for (const ahead of [10, 15]) {
    g.moveTo(x + ahead * c + 8 * s, y + ahead * s - 8 * c)
    g.lineTo(x + ahead * c - 8 * s, y + ahead * s + 8 * c)
  }
}

export function chevron(g: Path, x: number, y: number, angle: number): void {
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  for (const back of [0, 5]) {
    g.moveTo(x + (-3 - back) * c + 4 * s, y + (-3 - back) * s - 4 * c)
    g.lineTo(x + (1 - back) * c, y + (1 - back) * s)
    g.lineTo(x + (-3 - back) * c - 4 * s, y + (-3 - back) * s + 4 * c)
  }
}

export type Path = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc' | 'roundRect' | 'closePath'>

function circle(g: Path, x: number, y: number, radius: number): void {
  g.moveTo(x + radius, y)
  g.arc(x, y, radius, 0, 2 * Math.PI)
}

function polygon(g: Path, x: number, y: number, angle: number, points: readonly number[]): void {
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  for (let i = 0; i + 1 < points.length; i += 2) {
    const px = points[i] ?? 0
    const py = points[i + 1] ?? 0
    const tx = x + px * c - py * s
    const ty = y + px * s + py * c
    if (i === 0) g.moveTo(tx, ty)
    else g.lineTo(tx, ty)
  }
  g.closePath()
}
