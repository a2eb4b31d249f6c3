import type { LogicalId, Scenario } from '../../model/scenario'
import { list, object, properties } from '../../network/read'
import { idsOf, pointer } from '../edit'
import type { Check, Problem } from '../service'
import { notGranted } from '../service-role'
import { DELIVERY_STREAM, deliveryStreamOf, DESTINATION, SOURCE } from './settings'

function destinationProblems(scenario: Scenario): Problem[] {
  return idsOf(DELIVERY_STREAM, scenario).flatMap((id): Problem[] => {
    const { bucket, role, transform } = deliveryStreamOf(id, scenario)
    const path = pointer(id, 'Properties', DESTINATION)
    const processing = object(object(properties(scenario.resources[id]!)[DESTINATION])['ProcessingConfiguration'])
    return [
      ...(bucket === null
        ? [
            {
              severity: 'warning' as const,
              path,
              message: `${id} delivers nowhere: its records are lost. Draw a wire to a bucket (KIN-9).`,
            },
          ]
        : []),
      ...(bucket !== null && role === null
        ? [
            {
              severity: 'error' as const,
              path,
              message: `${id} has no role to write to ${bucket}. Set RoleARN, or draw the wire again.`,
            },
          ]
        : []),
      ...(transform === null && processing['Enabled'] !== false && list(processing['Processors']).length > 0
        ? [
            {
              severity: 'error' as const,
              path: `${path}/ProcessingConfiguration/Processors`,
              message: `${id} names no function that transforms its records. Set the parameter LambdaArn to one, or remove the processor.`,
            },
          ]
        : []),
    ]
  })
}

function sourceProblems(scenario: Scenario): Problem[] {
  return idsOf(DELIVERY_STREAM, scenario).flatMap((id): Problem[] => {
    const all = properties(scenario.resources[id]!)
    const reads = all['DeliveryStreamType'] === 'KinesisStreamAsSource'
    const path = pointer(id, 'Properties', 'DeliveryStreamType')
    if (reads && deliveryStreamOf(id, scenario).source === null)
      return [
        {
          severity: 'error',
          path,
          message: `${id} reads a stream but names none. Set ${SOURCE}, or the type DirectPut.`,
        },
      ]
    if (!reads && all[SOURCE] !== undefined)
      return [
        {
          severity: 'error',
          path,
          message: `${id} names a stream, but records are put to it. Set the type KinesisStreamAsSource.`,
        },
      ]
    return []
  })
}

/** What the parameters of a processor may be; AWS takes them as text. */
const RANGES: { readonly [name: string]: readonly [least: number, most: number, unit: string] } = {
  NumberOfRetries: [0, 300, ''],
  BufferIntervalInSeconds: [0, 900, ' s'],
  BufferSizeInMBs: [0.2, 3, ' MB'],
}

function parameterProblems(scenario: Scenario): Problem[] {
  return idsOf(DELIVERY_STREAM, scenario).flatMap((id) => {
    const processing = object(object(properties(scenario.resources[id]!)[DESTINATION])['ProcessingConfiguration'])
    const path = pointer(id, 'Properties', DESTINATION, 'ProcessingConfiguration', 'Processors')
    return list(processing['Processors']).flatMap((one, index) =>
      list(object(one)['Parameters']).flatMap((parameter, place): Problem[] => {
        const { ParameterName, ParameterValue } = object(parameter)
        const range = RANGES[String(ParameterName)]
        const value = typeof ParameterValue === 'string' && ParameterValue.trim() !== '' ? Number(ParameterValue) : NaN
        if (range === undefined || (value >= range[0] && value <= range[1])) return []
        return [
          {
            severity: 'error',
            path: `${path}/${index}/Parameters/${place}/ParameterValue`,
            message: `${String(ParameterName)} of ${id} is ${range[0]} to ${range[1]}${range[2]}. You wrote ${JSON.stringify(ParameterValue ?? null)}.`,
          },
        ]
      }),
    )
  })
}

/** What its roles do not let it do. */
function roleProblems(scenario: Scenario): Problem[] {
  return idsOf(DELIVERY_STREAM, scenario).flatMap((id) => {
    const { bucket, role, transform, source, sourceRole } = deliveryStreamOf(id, scenario)
    const path = pointer(id, 'Properties', DESTINATION, 'RoleARN')
    const reader = sourceRole ?? role
    const needs = (as: LogicalId | null, action: string, on: LogicalId | null, at: string): Problem[] =>
      as === null || on === null ? [] : notGranted(scenario, { who: id, role: as, action, on, path: at })
    return [
      ...needs(role, 's3:PutObject', bucket, path),
      ...needs(role, 'lambda:InvokeFunction', transform?.function ?? null, path),
      ...needs(
        reader,
        'kinesis:GetRecords',
        source,
        sourceRole === null ? path : pointer(id, 'Properties', SOURCE, 'RoleARN'),
      ),
    ]
  })
}

export const checks: readonly Check[] = [destinationProblems, sourceProblems, parameterProblems, roleProblems]
