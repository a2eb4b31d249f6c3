/** What a host on the internet may carry. */
import { duration, integer, object, rate, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

export const schemas: Schemas = {
  'Coldstart::Internet': {
    Properties: z.strictObject({}),
    Behavior: z.strictObject({
      host: text(
        253,
        { title: 'Host', help: 'Name the callers use.', suggestions: ['api.example'] },
        /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
      ).default('api.example'),
      latency: duration({ title: 'Latency', help: 'Time until the answer is back.' }).default(0.2),
      answerBytes: integer(0, 1e9, {
        title: 'Answer size',
        help: 'Bytes of each answer.',
        unit: 'B',
        factRows: ['PR-20'],
      }).optional(),
      errors: object(
        { rate: rate({ title: 'Error rate', help: 'Share of the calls answered with an error.' }) },
        { title: 'Errors', help: 'Calls that are answered with an error.' },
      ).optional(),
    }),
  },
}
