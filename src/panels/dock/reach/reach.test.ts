import { describe, expect, test } from 'vitest'
import { buildNetwork, trace } from '../../../network'
import { course, courseWith, functionIn, nat, resource } from '../../../network/course.fixture'
import { codeWords, gateLetter } from './codes'
import { axesOf, cellOf, moved, rowsOf, windowOf } from './matrixModel'
import { propertyAt } from './property'
import { answerOf, firstQuestion, flowText, networkOf, partiesOf, questionAbout, stands } from './question'

const network = buildNetwork(course())

describe('the question', () => {
  test('everyone who sends or takes packets may be asked about; what only passes them on may not', () => {
    const ids = partiesOf(network).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['Fn', 'Outside', 'Db', 'MovieApi', 'Table', 'Queue']))
    for (const other of ['Vpc', 'PublicA', 'Igw', 'AppSg', 'PublicRoute', 'DbSubnets']) expect(ids).not.toContain(other)
    expect(
      partiesOf(network)
        .filter(({ sends }) => !sends)
        .map(({ id }) => id),
    ).toEqual(expect.arrayContaining(['Table', 'Queue']))
  })

  test('two of the drawing: whoever can send asks', () => {
    expect(questionAbout(network, ['Fn', 'Table'])).toEqual({ from: 'Fn', to: 'Table' })
    expect(questionAbout(network, ['Table', 'Fn'])).toEqual({ from: 'Fn', to: 'Table' })
    expect(questionAbout(network, ['Db'])).toEqual({ from: 'Db', to: 'internet' })
    expect(questionAbout(network, ['Table'])).toEqual({ from: 'internet', to: 'Table' })
    expect(questionAbout(network, ['Table', 'Queue'])).toBeNull()
    expect(questionAbout(network, ['Vpc'])).toBeNull()
  })

  test('the first question is about the first function', () => {
    expect(firstQuestion(network)).toEqual({ from: 'Fn', to: 'MovieApi' })
    expect(firstQuestion(buildNetwork({ ...course(), resources: {} }))).toBeNull()
  })

  test('a question stands while both ends do', () => {
    expect(stands(network, { from: 'Fn', to: 'internet' })).toBe(true)
    expect(stands(network, { from: 'Fn', to: '10.0.2.4' })).toBe(true)
    expect(stands(network, { from: 'Gone', to: 'Fn' })).toBe(false)
  })

  test('networks and answers are remembered for the document', () => {
    const scenario = course()
    expect(networkOf(scenario)).toBe(networkOf(scenario))
    const query = { from: 'Fn', to: 'Db' }
    expect(answerOf(network, query)).toBe(answerOf(network, query))
    expect(answerOf(network, { from: 'Fn', to: 'Table' }).reachable).toBe(false)
  })

  test('what flows in words', () => {
    expect(flowText({ from: '', to: '' }, 5432)).toBe('TCP 5432')
    expect(flowText({ from: '', to: '', protocol: 'icmp' }, 443)).toBe('ICMP')
    expect(flowText({ from: '', to: '', protocol: 'any' }, 443)).toBe('all traffic')
  })
})

describe('the matrix', () => {
  test('says the same as asking one by one', () => {
    const axes = axesOf(network)
    const rows = [...rowsOf(network, axes)]
    expect(rows).toHaveLength(axes.rows.length)
    axes.rows.forEach((from, r) =>
      axes.columns.forEach((to, c) => {
        const cell = rows[r]?.[c]
        if (from === to) expect(cell).toBeNull()
        else expect(cell).toMatchObject({ reachable: trace(network, { from, to }).reachable })
      }),
    )
    expect(axes.rows).not.toContain('Table')
  })

  test('a cell names the gate that blocks, or the way out', () => {
    expect(cellOf(network, 'Fn', 'MovieApi')).toMatchObject({ reachable: false, gate: 'route-table', through: null })
    const open = buildNetwork(courseWith(nat('PublicA')))
    expect(cellOf(open, 'Fn', 'MovieApi')).toMatchObject({ reachable: true, gate: null, through: 'Nat' })
    expect(cellOf(network, 'Fn', 'Db')).toMatchObject({ reachable: true, through: null })
  })

  test('only what is on screen is built', () => {
    expect(windowOf(0, 100, 25, 200)).toEqual([0, 6])
    expect(windowOf(1000, 100, 25, 200)).toEqual([38, 46])
    expect(windowOf(4950, 100, 25, 200)).toEqual([196, 200])
    expect(windowOf(0, 500, 25, 3)).toEqual([0, 3])
  })

  test('keys move inside the grid', () => {
    const size = { row: 10, column: 4 }
    const at = { row: 2, column: 3 }
    expect(moved(at, 'ArrowRight', false, size, 5)).toEqual(at)
    expect(moved(at, 'ArrowLeft', false, size, 5)).toEqual({ row: 2, column: 2 })
    expect(moved(at, 'PageDown', false, size, 5)).toEqual({ row: 7, column: 3 })
    expect(moved(at, 'End', true, size, 5)).toEqual({ row: 9, column: 3 })
    expect(moved(at, 'Home', true, size, 5)).toEqual({ row: 0, column: 0 })
    expect(moved(at, 'x', false, size, 5)).toBeNull()
  })

  test('codes are short, gates are letters', () => {
    expect(codeWords('NO_ROUTE_TO_DESTINATION')).toBe('no route')
    expect(codeWords('UNKNOWN_RESOURCE')).toBe('unknown resource')
    expect(gateLetter('security-group-in')).toBe('S')
    expect(gateLetter('nacl-out')).toBe('A')
    expect(gateLetter('nat-gateway')).toBe('G')
  })
})

describe('the property behind a hop', () => {
  const at = (scenario: ReturnType<typeof course>, from: string, to: string, gate: string) => {
    const query = { from, to }
    const hop = trace(buildNetwork(scenario), query).hops.find((each) => each.gate === gate)
    if (hop === undefined) throw new Error(`no ${gate}`)
    return propertyAt(hop, query, scenario)
  }

  test('a route is changed at its target, a missing one at its table', () => {
    expect(at(courseWith(nat('PublicA')), 'Fn', 'MovieApi', 'route-table')).toEqual({
      resource: 'PrivateRoute',
      property: 'NatGatewayId',
    })
    expect(at(course(), 'Fn', 'MovieApi', 'route-table')).toEqual({ resource: 'PrivateTable', property: null })
  })

  test('security groups at their rules, by direction', () => {
    expect(at(course(), 'Fn', 'Db', 'security-group-out')).toEqual({
      resource: 'AppSg',
      property: 'SecurityGroupEgress',
    })
    expect(at(course(), 'Fn', 'Db', 'security-group-in')).toEqual({
      resource: 'DbSg',
      property: 'SecurityGroupIngress',
    })
  })

  test('a function without a public address at where it stands', () => {
    const inPublic = courseWith({ Fn: functionIn(['PublicA']) })
    expect(at(inPublic, 'Fn', 'MovieApi', 'internet-gateway')).toEqual({ resource: 'Fn', property: 'VpcConfig' })
  })

  test('an ACL entry at what it does', () => {
    const scenario = courseWith({
      Acl: resource('AWS::EC2::NetworkAcl', { VpcId: 'Vpc' }),
      Deny: resource('AWS::EC2::NetworkAclEntry', {
        NetworkAclId: 'Acl',
        RuleNumber: 10,
        Protocol: -1,
        RuleAction: 'deny',
        Egress: true,
        CidrBlock: '0.0.0.0/0',
      }),
      Used: resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: 'PrivateA', NetworkAclId: 'Acl' }),
    })
    expect(at(scenario, 'Fn', 'Db', 'nacl-out')).toEqual({ resource: 'Deny', property: 'RuleAction' })
  })

  test('a default group at the sender', () => {
    const scenario = courseWith({ Fn: functionIn(['PrivateA'], []) })
    expect(at(scenario, 'Fn', 'Db', 'security-group-out')).toEqual({ resource: 'Fn', property: 'VpcConfig' })
  })
})
