import type { Fields, Value } from './insights/evaluate'
import type { LineWriter } from './lines'

/** Fields every query may name (OBS-8). Those of a REPORT line are missing in other lines. */
export const FIELDS = [
  '@timestamp',
  '@message',
  '@logStream',
  '@log',
  '@requestId',
  '@type',
  '@duration',
  '@billedDuration',
  '@memorySize',
  '@maxMemoryUsed',
  '@initDuration',
] as const

/** Memory fields are in bytes of 10^6 a MB, as in AWS. */
const MB = 1_000_000

/** Fields of the line at `position`. Times of @timestamp in µs of the run, durations in ms as in AWS. */
export function fieldsOf(writer: LineWriter, position: number): Fields {
  return (name) => fieldOf(writer, position, name)
}

function fieldOf(writer: LineWriter, position: number, name: string): Value {
  switch (name) {
    case '@timestamp':
      return writer.index.at.at(position)
    case '@message':
      return writer.message(position)
    case '@logStream':
      return writer.stream(position)
    case '@log':
      return writer.group(position)
    case '@requestId':
      return writer.request(position)
    case '@type':
      return writer.type(position)
    case '@duration':
    case '@billedDuration':
    case '@memorySize':
    case '@maxMemoryUsed':
    case '@initDuration':
    case '@restoreDuration': {
      const report = writer.report(position)
      if (report === null) return null
      if (name === '@duration') return report.duration / 1_000
      if (name === '@billedDuration') return report.billed
      if (name === '@memorySize') return report.memorySize * MB
      if (name === '@maxMemoryUsed') return report.maxMemoryUsed * MB
      const micros = name === '@initDuration' ? report.init : report.restore
      return micros > 0 ? micros / 1_000 : null
    }
    default:
      return null
  }
}
