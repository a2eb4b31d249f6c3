/** A part of a run that a keyframe must hold. `load(save())` restores it exactly; an image is never written to. */
export interface Stateful {
  save(): unknown
  load(image: unknown): void
}

/** Plain data that changes rarely and is replaced, never mutated, so an image can share it. */
export class Plain<T> implements Stateful {
  value: T
  constructor(value: T) {
    this.value = value
  }
  save(): T {
    return this.value
  }
  load(image: unknown): void {
    this.value = image as T
  }
}
