/** Requests that API Gateway (REST proxy integration and HTTP API payload 2.0) and an Application Load Balancer hand a function. */
import { ACCOUNT, arn, REGION, type Sample } from './sample'

const HOST = `a1b2c3d4e5.execute-api.${REGION}.amazonaws.com`
const ORDER = { sku: 'lamp', quantity: 2 }
const BODY = JSON.stringify(ORDER)

export const HTTP: readonly Sample[] = [
  {
    id: 'apigateway-proxy',
    title: 'Request (REST API)',
    service: 'Amazon API Gateway',
    event: {
      resource: '/orders/{id}',
      path: '/orders/o-1042',
      httpMethod: 'GET',
      headers: {
        Accept: 'application/json',
        Host: HOST,
        'User-Agent': 'curl/8.9.1',
        'X-Forwarded-For': '198.51.100.7',
      },
      multiValueHeaders: {
        Accept: ['application/json'],
        Host: [HOST],
        'User-Agent': ['curl/8.9.1'],
        'X-Forwarded-For': ['198.51.100.7'],
      },
      queryStringParameters: { expand: 'items' },
      multiValueQueryStringParameters: { expand: ['items'] },
      pathParameters: { id: 'o-1042' },
      stageVariables: null,
      requestContext: {
        resourceId: '123abc',
        resourcePath: '/orders/{id}',
        httpMethod: 'GET',
        extendedRequestId: 'EXAMPLEext=',
        requestTime: '20/Nov/2026:09:30:00 +0000',
        path: '/prod/orders/o-1042',
        accountId: ACCOUNT,
        protocol: 'HTTP/1.1',
        stage: 'prod',
        domainPrefix: 'a1b2c3d4e5',
        requestTimeEpoch: 1795167000117,
        requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
        identity: { sourceIp: '198.51.100.7', userAgent: 'curl/8.9.1', user: null, accountId: null },
        domainName: HOST,
        apiId: 'a1b2c3d4e5',
      },
      body: null,
      isBase64Encoded: false,
    },
  },
  {
    id: 'apigateway-http',
    title: 'Request (HTTP API)',
    service: 'Amazon API Gateway',
    event: {
      version: '2.0',
      routeKey: 'POST /orders',
      rawPath: '/orders',
      rawQueryString: '',
      headers: { 'content-type': 'application/json', host: HOST, 'x-forwarded-for': '198.51.100.7' },
      requestContext: {
        accountId: ACCOUNT,
        apiId: 'a1b2c3d4e5',
        domainName: HOST,
        domainPrefix: 'a1b2c3d4e5',
        http: {
          method: 'POST',
          path: '/orders',
          protocol: 'HTTP/1.1',
          sourceIp: '198.51.100.7',
          userAgent: 'curl/8.9.1',
        },
        requestId: 'JKJaXmPLvHcESHA=',
        routeKey: 'POST /orders',
        stage: '$default',
        time: '20/Nov/2026:09:30:00 +0000',
        timeEpoch: 1795167000117,
      },
      body: BODY,
      isBase64Encoded: false,
    },
    decoded: ORDER,
  },
  {
    id: 'alb-request',
    title: 'Request (load balancer)',
    service: 'Elastic Load Balancing',
    event: {
      requestContext: { elb: { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/shop/49e9d65c45c6791a') } },
      httpMethod: 'POST',
      path: '/orders',
      queryStringParameters: {},
      headers: {
        'content-type': 'application/json',
        host: `shop-1234567890.${REGION}.elb.amazonaws.com`,
        'x-amzn-trace-id': 'Root=1-6b0012d8-0f1e2d3c4b5a697887766554',
        'x-forwarded-for': '198.51.100.7',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      body: BODY,
      isBase64Encoded: false,
    },
    decoded: ORDER,
  },
]
