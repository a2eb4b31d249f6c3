/** The simulated time of a run (µs), shared by all who read it. */
export class Clock {
  // minus zero first, so that V8 lays the field out as a double: as an integer it would outgrow 2^31 µs in mid-run and take all
  // code that was compiled for it along
  now = -0

  constructor() {
    this.now = 0
  }
}
