import { integer, json, ref, text, z } from '../../schema-kit'
import type { TypeSchema } from '../../schema-kit'

export const archiveSchema: TypeSchema = {
  Properties: z.strictObject({
    ArchiveName: text(
      48,
      { title: 'Name', help: 'Name in AWS.', group: 'advanced' },
      /^[.\-_A-Za-z0-9]{1,48}$/,
    ).optional(),
    Description: text(512, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
    SourceArn: ref(['AWS::Events::EventBus'], {
      title: 'Bus',
      help: 'Bus whose events it keeps, and to which a replay sends them.',
      factRows: ['EB-15'],
    }).optional(),
    EventPattern: json({
      title: 'Event pattern',
      help: 'Only events that fit are kept; without one, every event.',
      factRows: ['EB-15'],
    }).optional(),
    RetentionDays: integer(0, 2_147_483_647, {
      title: 'Retention (days)',
      help: 'How long it keeps an event; 0 is for ever.',
      unit: 'days',
      factRows: ['EB-15'],
      slider: { min: 0, max: 365 },
    }).default(0),
  }),
}
