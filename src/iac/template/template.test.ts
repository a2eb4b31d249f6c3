import { describe, expect, it } from 'vitest'
import { gateJson } from '../../gate'
import { fitted } from '../fit'
import { networkOfTemplate } from '.'

const refuse = (message: string): never => {
  throw new Error(message)
}
function read(template: unknown): { scenario: ReturnType<typeof networkOfTemplate>; notes: string[] } {
  const notes: string[] = []
  return { scenario: networkOfTemplate(template, 'net', (note) => notes.push(note), refuse), notes }
}
const valueOf = (value: unknown, more: object = {}): unknown =>
  read({
    ...more,
    Resources: {
      X: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: value } },
      V: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    },
  }).scenario.resources['X']?.Properties?.['CidrBlock']

describe('intrinsic functions', () => {
  it('evaluate to what CloudFormation makes of them', () => {
    expect(valueOf({ Ref: 'V' })).toBe('V')
    expect(valueOf({ 'Fn::GetAtt': ['V', 'CidrBlock'] })).toBe('10.0.0.0/16')
    expect(valueOf({ 'Fn::GetAtt': 'V.VpcId' })).toBe('V')
    expect(valueOf({ 'Fn::Sub': 'a-${V}-${V.CidrBlock}-${AWS::Region}-${!Literal}' })).toBe(
      'a-V-10.0.0.0/16-us-east-1-${Literal}',
    )
    expect(valueOf({ 'Fn::Sub': ['${A}.${B}', { A: '1', B: { Ref: 'V' } }] })).toBe('1.V')
    expect(
      valueOf(
        { 'Fn::Join': ['.', ['10', { Ref: 'N' }, '0.0/24']] },
        { Parameters: { N: { Type: 'Number', Default: 7 } } },
      ),
    ).toBe('10.7.0.0/24')
    expect(valueOf({ 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b,c'] }] })).toBe('b')
    expect(valueOf({ 'Fn::Select': [2, { 'Fn::Cidr': ['10.0.0.0/16', 6, 8] }] })).toBe('10.0.2.0/24')
    expect(
      valueOf({ 'Fn::Select': [1, { Ref: 'L' }] }, { Parameters: { L: { Type: 'List<String>', Default: 'x, y' } } }),
    ).toBe('y')
    expect(
      valueOf(
        { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'cidr'] },
        { Mappings: { M: { 'us-east-1': { cidr: '10.9.0.0/24' } } } },
      ),
    ).toBe('10.9.0.0/24')
  })

  it('take conditions', () => {
    const Conditions = {
      Yes: { 'Fn::Equals': ['a', 'a'] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
      Any: { 'Fn::Or': [{ Condition: 'Both' }, { Condition: 'Yes' }] },
    }
    expect(valueOf({ 'Fn::If': ['Any', '1', '2'] }, { Conditions })).toBe('1')
    expect(valueOf({ 'Fn::If': ['Both', '1', { Ref: 'AWS::NoValue' }] }, { Conditions })).toBeUndefined()
    const { scenario } = read({
      Conditions,
      Resources: { A: { Type: 'AWS::EC2::VPC', Condition: 'No' }, B: { Type: 'AWS::EC2::VPC', Condition: 'Yes' } },
    })
    expect(Object.keys(scenario.resources)).toEqual(['B'])
  })

  it('end in bounded time', () => {
    const bomb = Array.from({ length: 40 }, (_, i) => [
      `C${i}`,
      { 'Fn::And': [{ Condition: `C${i + 1}` }, { Condition: `C${i + 1}` }] },
    ])
    expect(() =>
      read({
        Conditions: { ...Object.fromEntries(bomb), C40: { 'Fn::Equals': ['a', 'a'] } },
        Resources: { X: { Type: 'AWS::EC2::VPC', Condition: 'C0' } },
      }),
    ).toThrow(/more than 400000 steps/)
    expect(() =>
      read({
        Resources: { X: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { 'Fn::GetAtt': ['X', 'CidrBlock'] } } } },
      }),
    ).toThrow(/circle/)
    expect(() => read({ Resources: JSON.parse('{"X": {"__proto__": {}}}') as object })).toThrow(/__proto__/)
  })
})

describe('a template on the canvas', () => {
  it('passes the gate without what is not known, and names that', () => {
    const { scenario } = read({
      Resources: {
        Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Bogus: [1] } },
        Sub: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.0.0/24', Bogus: 2 } },
        Huge: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/2' } },
      },
    })
    const notes: string[] = []
    const document = fitted(scenario, (note) => notes.push(note))
    expect(gateJson(document).ok).toBe(true)
    expect(Object.keys(document.resources)).toEqual(['Net', 'Sub'])
    expect(notes.filter((note) => /Bogus/.test(note))).toHaveLength(2)
    expect(notes.at(-1)).toMatch(/Huge.*It was left out\.$/)
  })
})
