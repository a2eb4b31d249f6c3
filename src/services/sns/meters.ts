import { Table } from '../../kernel/columns'
import type { LogicalId } from '../../model/scenario'
import type { Cost, ServiceContext } from '../service'
import type { SubscriptionSettings } from './settings'

/** Deliveries that cost something; text messages cost what the country asks (PR-13). */
const PAID: { readonly [protocol: string]: { readonly item: string; readonly fact: string } } = {
  https: { item: 'HTTPS deliveries', fact: 'sns.httpsPrice' },
  email: { item: 'E-mails', fact: 'sns.emailPrice' },
}

/** What a topic counts, under CloudWatch's names (SNS-7), and each subscription for itself. */
export function createMeters(
  context: ServiceContext,
  topics: readonly LogicalId[],
  subscriptions: readonly SubscriptionSettings[],
) {
  const { metrics } = context.kernel
  const series = (id: LogicalId) => {
    const count = (name: string) => metrics.series(id, name, 'count')
    return {
      delivered: count('NumberOfNotificationsDelivered'),
      failed: count('NumberOfNotificationsFailed'),
      filtered: count('NumberOfNotificationsFilteredOut'),
      byAttributes: count('NumberOfNotificationsFilteredOut-MessageAttributes'),
      byBody: count('NumberOfNotificationsFilteredOut-MessageBody'),
      noAttributes: count('NumberOfNotificationsFilteredOut-NoMessageAttributes'),
      invalidAttributes: count('NumberOfNotificationsFilteredOut-InvalidAttributes'),
      invalidBody: count('NumberOfNotificationsFilteredOut-InvalidMessageBody'),
      redriven: count('NumberOfNotificationsRedrivenToDlq'),
      lost: count('NumberOfNotificationsFailedToRedriveToDlq'),
    }
  }
  type Name = keyof ReturnType<typeof series>
  const byId = new Map([...topics, ...subscriptions.map(({ id }) => id)].map((id) => [id, series(id)]))
  const publishes = new Map(
    topics.map((id) => {
      const messages = metrics.series(id, 'NumberOfMessagesPublished', 'count')
      return [id, { messages, bytes: metrics.series(id, 'PublishSize', 'count') }]
    }),
  )
  /** Publishes as they are billed, by topic: each 64 KB counts as one (PR-13). */
  const billed = context.kernel.part(new Table(4))
  const units = billed.f64()
  const rows = new Map(topics.map((id) => [id, billed.add()]))
  const count = (id: LogicalId, name: Name): void => metrics.count(byId.get(id)![name])
  /** What the rows of a topic's face say of its subscriptions. */
  const shown = new Map(
    subscriptions.map(({ id }) => {
      const level = (name: string) => context.level(context.index(id), name)
      return [id, { delivered: level('delivered'), filtered: level('filtered') }]
    }),
  )
  return {
    published(topic: LogicalId, amount: number, bytes: number): void {
      const meter = publishes.get(topic)!
      metrics.count(meter.messages, amount)
      metrics.count(meter.bytes, amount * bytes)
      const row = rows.get(topic)!
      units.data[row] = units.data[row]! + amount * Math.max(1, Math.ceil(bytes / 65_536))
    },
    /** Counts for a subscription and for its topic. */
    of({ id, topic }: SubscriptionSettings, name: Name): void {
      count(id, name)
      count(topic, name)
      if (name === 'delivered' || name === 'filtered') shown.get(id)![name](metrics.value(byId.get(id)![name]))
    },
    costs: (): Cost[] => [
      ...topics.map((resource): Cost => ({
        resource,
        item: 'Publishes',
        quantity: units.data[rows.get(resource)!]!,
        unit: 'requests',
        fact: 'sns.publishPrice',
      })),
      ...subscriptions.flatMap(({ id, topic, protocol }): Cost[] => {
        const paid = PAID[protocol]
        if (paid === undefined) return []
        const quantity = metrics.value(byId.get(id)!.delivered)
        return [{ resource: topic, item: `${paid.item} to ${id}`, quantity, unit: 'deliveries', fact: paid.fact }]
      }),
    ],
  }
}
