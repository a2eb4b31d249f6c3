import { archiveReasons } from './archive/reasons'
import { customReasons } from './custom/reasons'

/** Why a bus did what it did. {subject} is the rule or the target. */
export const reasons = {
  'eventbridge.matched': '{subject} matched the event. Targets that get a copy: {value} (EB-2).',
  'eventbridge.scheduled': 'It is time for {subject}. Targets that get its event: {value} (EB-65).',
  'eventbridge.twice': '{subject} gets this event twice: at least once is what EventBridge promises (EB-8).',
  'eventbridge.unmatched': '{resource} has {value} enabled rules and none matched the event. It is gone.',
  'eventbridge.retry': '{subject} did not take the event. {resource} tries again in {value} s (EB-8).',
  'eventbridge.deadLettered': 'Delivery given up after {value} attempts. The event goes to {subject} (EB-10).',
  'eventbridge.dropped':
    'Delivery given up after {value} attempts. {subject} has no dead-letter queue, so the event is gone (EB-9).',
  'eventbridge.deadLetterFailed': '{subject} did not take the event that could not be delivered. It is gone.',
  'eventbridge.malformed':
    '{resource} refuses the entry: its detail is no JSON object (MalformedDetail, EB-5). Send one, such as {"id": 7}.',
  'eventbridge.notYours':
    '{resource} refuses the entry: only AWS services send events whose source begins with aws. (NotAuthorizedForSource). Give it a source of your own.',
  'eventbridge.tooMany': '{resource} refuses the call: {value} entries. PutEvents takes 10 (EB-5). Split the call.',
  'eventbridge.tooLarge':
    '{resource} refuses the call: its entries have {value} bytes, and 1,048,576 are too many (EB-5). Send fewer entries, or put the content into a bucket and send its key.',
  'eventbridge.throttled':
    '{resource} throttles the call: PutEvents takes {value} calls a second (EB-6). The caller has to try again.',
  'eventbridge.paced': '{subject} has to wait {value} s: all rules have used up their invocations per second (EB-7).',
  'eventbridge.notPartner':
    '{resource} takes no such call: events of a partner come by PutPartnerEvents to the bus of that partner, and nothing else comes there (EB-1).',
  'eventbridge.noRole':
    '{subject} cannot be called: a stream, or a bus of another account, needs RoleArn on the target (EB-12, EB-14). Add a role that allows the call.',
  'eventbridge.notLetIn':
    '{subject} belongs to another account, and the policy of {resource} does not let it put events (EB-14). Add an EventBusPolicy.',
  'eventbridge.notOnward':
    '{subject} does not send the event on to a bus: it came from a bus, and events do not travel on to a third (EB-14). Send to that bus from the first one.',
  'eventbridge.busGone':
    'PutEvents answers 200 although {resource} is gone: the event is accepted and lost, and nobody is told (EB-5).',
  'eventbridge.loopStopped':
    '{resource} stops a loop: what {subject} delivers made events that {subject} matched again, {value} times. AWS would go on and bill each round. Narrow the pattern of {subject}, or let its targets send events with another source or detail-type.',
  ...archiveReasons,
  ...customReasons,
} as const
