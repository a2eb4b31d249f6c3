import { count, seconds, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

export const schemas: Schemas = {
  'Toy::Echo::Cave': {
    Properties: z.strictObject({
      MaximumEchoes: count(1, 50, { title: 'Echoes', help: 'Calls it repeats before it is hoarse.' }).default(50),
      Delay: seconds(0, 60, { title: 'Delay', help: 'Time until the echo is back.' }).optional(),
    }),
  },
}
