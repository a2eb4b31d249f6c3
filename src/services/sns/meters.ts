import type { LogicalId } from '../../model/scenario'
import type { Cost, ServiceContext } from '../service'
import type { SubscriptionSettings } from './settings'

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
  const https = new Map(subscriptions.flatMap(({ id, protocol }) => (protocol === 'https' ? [[id, true]] : [])))
  const count = (id: LogicalId, name: Name): void => metrics.count(byId.get(id)![name])
  return {
    published(topic: LogicalId, amount: number, bytes: number): void {
      const meter = publishes.get(topic)!
      metrics.count(meter.messages, amount)
      metrics.count(meter.bytes, amount * bytes)
    },
    /** Counts for a subscription and for its topic. */
    of({ id, topic }: SubscriptionSettings, name: Name): void {
      count(id, name)
      count(topic, name)
    },
    costs: (): Cost[] => [
      ...topics.map((resource): Cost => ({
        resource,
        item: 'Publishes',
        quantity: metrics.value(publishes.get(resource)!.messages),
        unit: 'requests',
        fact: 'sns.publishPrice',
      })),
      ...subscriptions.flatMap(({ id, topic }): Cost[] => {
        if (!https.has(id)) return []
        const quantity = metrics.value(byId.get(id)!.delivered)
        return [
          { resource: topic, item: `HTTPS deliveries to ${id}`, quantity, unit: 'deliveries', fact: 'sns.httpsPrice' },
        ]
      }),
    ],
  }
}
