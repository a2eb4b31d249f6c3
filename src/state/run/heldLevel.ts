/** What an environment holds, taken apart: a level is the only place where the recording says it (services/lambda/environment/side-steps.ts). */
export interface HeldLevel {
  /** `e2`, `p1`. */
  readonly environment: string
  readonly scope: 'global' | 'handler' | 'connection' | 'tmp'
  /** As the learner wrote it: `calls`; `space` for megabytes of /tmp. */
  readonly name: string
}

const LEVEL = /^([ep]\d+) (global|handler|connection|tmp) (.+)$/

/** `e2 global calls` taken apart; null for levels that tell something else. */
export function heldLevel(level: string): HeldLevel | null {
  const parts = LEVEL.exec(level)
  return parts === null ? null : { environment: parts[1]!, scope: parts[2] as HeldLevel['scope'], name: parts[3]! }
}
