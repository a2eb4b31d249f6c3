import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../model/scenario'
import { KINDS } from '../services/kinds'
import { SCHEMAS } from '../services/schemas'
import { fields, gateJson, jsonSchema } from '.'
import { gate } from './text'
import { orders } from './samples'

const FOLDER = 'public/scenarios'

test('every kind has a schema and every schema a kind', () => {
  expect(Object.keys(SCHEMAS).sort()).toEqual(Object.keys(KINDS).sort())
})

test.each(Object.keys(KINDS))('a freshly placed %s has the right structure', (type) => {
  const start: Scenario = { ...orders(), interventions: [], resources: { Vpc: { Type: 'AWS::EC2::VPC' } } }
  const made = KINDS[type]?.create?.('New', { container: null, taken: new Set(['Vpc']) }, start) ?? {}
  const result = gateJson({ ...start, resources: { ...start.resources, ...made } })
  expect(result.normalised, result.problems[0]?.message).toBeDefined()
})

describe('gallery', () => {
  test.each(readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name)))('%s passes', (name) => {
    const { ok, problems } = gate(readFileSync(`${FOLDER}/${name}`, 'utf8'))
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([])
    expect(ok).toBe(true)
  })
})

test('the bound functions know the types', () => {
  expect(fields('AWS::SQS::Queue', 'Properties').length).toBeGreaterThan(5)
  expect(fields('AWS::IAM::Role', 'Behavior')).toEqual([])
  expect(fields('constructor', 'Properties')).toEqual([])
  expect(JSON.stringify(jsonSchema())).toContain('AWS::Lambda::Function')
})
