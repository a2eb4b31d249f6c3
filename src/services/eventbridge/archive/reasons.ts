/** {resource} is the archive, {subject} its bus. */
export const archiveReasons = {
  'eventbridge.archived': '{resource} keeps the event of {subject}. Replays find it {value} s from now (EB-15).',
  'eventbridge.replayStarting': 'A replay of {resource} to {subject} starts. Replays under way: {value} (EB-15).',
  'eventbridge.replayRefused':
    'No replay of {resource} starts: {value} are under way, the most there may be at once (EB-15).',
  'eventbridge.replayUnavailable': 'No replay of {resource} starts, because it or its bus is down.',
  'eventbridge.replaySlice':
    'The replay of {resource} sends the events of one minute to {subject}, in no order to rely on: {value} (EB-15).',
  'eventbridge.replayCompleted': 'The replay of {resource} is complete. Events sent: {value}.',
  'eventbridge.replayCancelled': 'The replay of {resource} was cancelled. Events sent until then: {value}.',
  'eventbridge.replayFailed':
    'The replay of {resource} failed, because it or {subject} broke. Events sent until then: {value}.',
} as const
