import { expect, it, vi } from 'vitest'
import type { Scenario } from '../model/scenario'
import { createHistory } from '../state/document/history'
import { createRunStore } from '../state/run/runStore'
import { FakePort } from '../worker/port.fixture'
import { createSimulation } from './simulation'

const START: Scenario = {
  coldstart: 1,
  name: 'x',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Client: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'constant', rate: 1 }, call: 'sqs:SendMessage', to: 'Queue' },
    },
  },
}
