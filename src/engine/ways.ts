import type { LogicalId } from '../model/scenario'
import { trace, type Network, type Trace } from '../network'
import type { Way } from '../services/service'
import type { LostCode } from './call-codes'

/** Reason of a call that the network lets nothing of through. */
export function lostBecause({ code, hops }: Pick<Trace, 'code' | 'hops'>): LostCode {
  const last = hops.at(-1)
  if (/SG_/.test(code)) return 'call.unreachable.securityGroup'
  if (/ACL/.test(code)) return last?.direction === 'return' ? 'call.unreachable.naclReturn' : 'call.unreachable.nacl'
  if (code.startsWith('VPCE')) return 'call.unreachable.endpointNotAssociated'
  if (code === 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS') return 'call.unreachable.noPublicAddress'
  if (code === 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS') return 'call.unreachable.privateAddress'
  if (code === 'BAD_STATE_ROUTE') return 'call.unreachable.blackhole'
  if (code === 'BAD_STATE') return 'call.unreachable.notAvailable'
  if (last?.gate === 'nat-gateway') return 'call.unreachable.natWithoutGateway'
  return /ROUTE|NO_PATH|DISCONNECTED/.test(code) ? 'call.unreachable.noRoute' : 'call.unreachable'
}

/** Calls whose payload is no content: handles of messages, and sizes of objects, which S3 counts itself. */
const UNBODIED = /^(s3:|sqs:(Delete|Change|Receive))/

/** The ways of a call, one for each interface of the caller; null when it starts outside every VPC. */
export function waysOf(
  network: Network,
  wire: { readonly from: LogicalId; readonly to: LogicalId; readonly action: string },
  traced: Trace,
  reason: (code: LostCode) => number,
): Way[] | null {
  const { from, to } = wire
  if (traced.sources.length === 0) return null
  const mounted = wire.action.startsWith('elasticfilesystem:')
  return traced.sources.map(({ interface: eni, subnet, reachable }): Way => {
    const one = traced.sources.length === 1 ? traced : trace(network, { from, to, interface: eni })
    const through = (gate: string): LogicalId | null =>
      one.hops.find((hop) => hop.gate === gate && hop.direction === 'forward')?.resource ?? null
    const nat = through('nat-gateway')
    const passed = network.endpoints.get(through('endpoint') ?? '')
    const endpoint = passed?.kind === 'interface' ? passed : undefined
    const home = network.subnets.get(subnet)?.zone ?? null
    const faces = (endpoint?.interfaces ?? network.hosts.get(nat ?? to) ?? []).filter((it) => it.subnet.down === null)
    // endpoints and file systems have an interface in each zone
    const target = faces.find((it) => (mounted || it.kind === 'endpoint') && it.subnet.zone === home) ?? faces[0]
    return {
      lost: reachable ? -1 : reason(lostBecause(one)),
      eni,
      from,
      to,
      nat: network.nats.has(nat ?? '') ? nat : null,
      endpoint: endpoint?.id ?? null,
      crossings: target === undefined || target.kind === 'hyperplane' || target.subnet.zone === home ? 0 : 1,
      bodied: !UNBODIED.test(wire.action) && !mounted,
      mounted,
    }
  })
}
