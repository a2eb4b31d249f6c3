/** Ready-made queries, for a start. */
export const SAMPLES: readonly { readonly title: string; readonly query: string }[] = [
  { title: 'Newest lines', query: 'fields @timestamp, @message\n| sort @timestamp desc\n| limit 100' },
  {
    title: 'Slowest invocations',
    query:
      'filter @type = "REPORT"\n| fields @requestId, @duration, @billedDuration, @initDuration\n| sort @duration desc\n| limit 20',
  },
  {
    title: 'Cold starts per 10 s',
    query:
      'filter @type = "REPORT"\n| stats count(*) as invocations, count(@initDuration) as cold, max(@initDuration) as slowest by bin(10s)',
  },
  {
    title: 'Duration percentiles by function',
    query:
      'filter @type = "REPORT"\n| stats count(*), avg(@duration), pct(@duration, 50), pct(@duration, 95), pct(@duration, 99) by @log',
  },
  {
    title: 'Errors and timeouts',
    query:
      'filter @message like /(?i)error|timed out/ and @type != "REPORT"\n| fields @timestamp, @requestId, @message\n| sort @timestamp desc',
  },
  {
    title: 'Attempts per request',
    query:
      'filter @type = "START"\n| stats count(*) as attempts by @requestId\n| filter attempts > 1\n| sort attempts desc',
  },
  {
    title: 'Memory provisioned and used, in MB',
    query:
      'filter @type = "REPORT"\n| stats max(@memorySize / 1000 / 1000) as provisioned, avg(@maxMemoryUsed / 1000 / 1000) as used, max(@maxMemoryUsed / 1000 / 1000) as most by @log',
  },
]
