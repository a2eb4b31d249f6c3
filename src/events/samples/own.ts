/** Events of programs rather than of AWS: what PutEvents sends, a partner's, another account's. */
import { ACCOUNT, busEvent, type Sample } from './sample'

export const OWN: readonly Sample[] = [
  busEvent(
    { id: 'order-created', title: 'Order created', service: 'Your application' },
    {
      source: 'com.example.shop',
      detailType: 'OrderCreated',
      detail: {
        orderId: 'o-1042',
        customer: { id: 'c-77', country: 'BA', tier: 'gold' },
        items: [
          { sku: 'lamp', quantity: 2, price: 19.9 },
          { sku: 'bulb', quantity: 6, price: 3.5 },
        ],
        total: 60.8,
        express: true,
      },
    },
  ),
  busEvent(
    { id: 'order-cancelled', title: 'Order cancelled', service: 'Your application' },
    {
      source: 'com.example.shop',
      detailType: 'OrderCancelled',
      detail: {
        orderId: 'o-1042',
        customer: { id: 'c-77', country: 'BA', tier: 'gold' },
        reason: 'changed-mind',
        refund: 60.8,
      },
    },
  ),
  busEvent(
    { id: 'order-other-account', title: 'Order created in another account', service: 'Your application' },
    {
      source: 'com.example.shop',
      detailType: 'OrderCreated',
      account: '111122223333',
      detail: {
        orderId: 'o-2001',
        customer: { id: 'c-12', country: 'SI', tier: 'basic' },
        items: [{ sku: 'desk', quantity: 1, price: 240 }],
        total: 240,
        express: false,
      },
    },
  ),
  busEvent(
    { id: 'partner-ticket', title: 'Ticket of a help desk', service: 'SaaS partner' },
    {
      source: `aws.partner/helpdesk.example/${ACCOUNT}/tickets`,
      detailType: 'Support Ticket: Ticket Created',
      detail: {
        account_id: 10_293,
        ticket_event: {
          type: 'Ticket Created',
          ticket: {
            id: 35_436,
            subject: 'Video does not play',
            priority: 'urgent',
            status: 'open',
            tags: ['video', 'mobile'],
            via: { channel: 'web' },
          },
          timestamp: '2026-11-20T09:29:58Z',
        },
      },
    },
  ),
]
