/** The scenario around its resources: what every document may hold, whatever the services. */
import { PROFILES } from '../model/facts'
import { FORMAT_VERSION, LOGICAL_ID } from '../model/scenario'
import { MAX_SECONDS, MAX_SEED } from '../model/units'
import { anyJson, choice, integer, json, list, map, number, object, ref, refs, text, z } from '../services/schema-kit'

const id = z.string().max(255).regex(LOGICAL_ID)
const at = number(0, MAX_SECONDS, { title: 'At', help: 'Second of the run.', unit: 's' })
const ARCHIVES = ['AWS::Events::Archive']
const fault = choice(['resource-down', 'az-outage', 'deleted'], { title: 'Fault', help: 'What fails.' })
const where = {
  resource: ref([], { title: 'Resource', help: 'Resource that is down or gone.' }).optional(),
  zone: text(30, { title: 'Zone', help: 'Zone that is down.' }).optional(),
}

// The key that tells the kinds apart stands first: fields.ts names a shape by its first property.
const intervention = z
  .union([
    object(
      {
        send: ref(['Coldstart::Client', 'Coldstart::Source'], { title: 'Send', help: 'Client that makes its call.' }),
        at,
        count: integer(1, 100_000, { title: 'Calls', help: 'How many calls at once.', unit: 'count' }).optional(),
      },
      { title: 'Send', help: 'A client makes its call.' },
    ),
    object({ fault, at, ...where }, { title: 'Fault', help: 'Something fails.' }),
    object({ repair: fault, at, ...where }, { title: 'Repair', help: 'A fault ends.' }),
    object(
      {
        set: text(
          1_024,
          { title: 'Set', help: 'JSON pointer to a property.' },
          /^\/resources\/[A-Za-z][A-Za-z0-9]*\/(?:Properties|Behavior)\/.+$/,
        ),
        value: anyJson({ title: 'Value', help: 'New value.' }),
        at,
      },
      { title: 'Set', help: 'A property changes.' },
    ),
    object(
      {
        replay: ref(ARCHIVES, { title: 'Replay', help: 'Archive that sends its events again.' }),
        at,
        from: number(0, MAX_SECONDS, { title: 'From', help: 'Second of the first event.', unit: 's' }),
        to: number(0, MAX_SECONDS, { title: 'To', help: 'Second before which the last event came.', unit: 's' }),
        rules: refs(['AWS::Events::Rule'], 300, {
          title: 'Rules',
          help: 'Rules that get them; default all.',
        }).optional(),
      },
      { title: 'Replay', help: 'An archive sends its events again.' },
    ),
    object(
      { cancel: ref(ARCHIVES, { title: 'Cancel', help: 'Archive whose replays end.' }), at },
      { title: 'Cancel', help: 'The replays of an archive end.' },
    ),
  ])
  .meta({ title: 'Intervention', help: 'A change during the run.' })

const coordinate = z.number().min(-1e6).max(1e6)
const extent = z.number().min(0).max(1e5)
const position = object(
  { x: coordinate, y: coordinate, w: extent.optional(), h: extent.optional() },
  { title: 'Position', help: 'Top left corner on the canvas, in pixels at zoom 1.' },
)

const resource = object(
  {
    Type: text(128, { title: 'Type', help: 'Resource type, such as AWS::SQS::Queue.' }),
    Properties: json({
      title: 'Properties',
      help: 'Properties with the names and units of CloudFormation.',
    }).optional(),
    Behavior: json({ title: 'Behavior', help: 'What only a simulation needs.' }).optional(),
  },
  { title: 'Resource', help: 'One part of the system.' },
)

const profiles = Object.keys(PROFILES) as [string, ...string[]]

export const ENVELOPE = object(
  {
    coldstart: z.literal(FORMAT_VERSION).meta({ title: 'Format', help: 'Version of the document format.' }),
    name: text(200, { title: 'Name', help: 'Name of the scenario.' }).default('Untitled'),
    description: text(2_000, { title: 'Description', help: 'One or two sentences for the gallery.' }).optional(),
    profile: choice(profiles, { title: 'Profile', help: 'Which set of constants the run uses.' }).default('teaching'),
    seed: integer(0, MAX_SEED, {
      title: 'Seed',
      help: 'The same seed gives the same run.',
      unit: 'count',
    }).default(1),
    duration: number(0.001, MAX_SECONDS, { title: 'Duration', help: 'Simulated time to compute.', unit: 's' }).default(
      300,
    ),
    resources: z
      .record(id, resource)
      .meta({ title: 'Resources', help: 'Parts of the system by logical id.', kind: 'map' }),
    interventions: list(intervention, 1_000, { title: 'Interventions', help: 'Changes during the run.' }).optional(),
    facts: map(z.number(), { title: 'Facts', help: 'Configurable constants by key, in their unit.' }).optional(),
    layout: map(position, { title: 'Layout', help: 'Where things are drawn.' }).optional(),
    labels: map(z.string().max(200), { title: 'Labels', help: 'Names on screen by logical id.' }).optional(),
    notes: text(20_000, { title: 'Notes', help: 'Free text.' }).optional(),
  },
  { title: 'Scenario', help: 'A system and how long it is watched.' },
)

/** Top-level keys in the order they are written. */
export const ENVELOPE_KEYS: readonly string[] = Object.keys(ENVELOPE.shape)
