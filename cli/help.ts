export const HELP = `Coldstart's simulator on the command line: npm run -s sim -- VERB ...

run FILE [--seed N] [--until SECONDS|idle] [--profile NAME] [--query JSON] [--json]
    Computes a scenario and prints its metrics per resource. FILE is a file, - or a gallery scenario's name (twenty-at-once).
    --query '[{"m":"coldStarts","of":"Fn"}]' answers metric queries: [{...query, value}]. Times are in seconds; a CloudWatch
    name such as Duration goes with a stat (Sum, Average, Maximum, p99 ...) and is in CloudWatch's unit. of: a resource, Fn:live,
    Fn:2, kind:lambda, tag:network, account; where, during: ["30s","2m"], at, field, each. Names: docs/queries.md.
validate FILE [--json]
    ok, or the problems of a document with their remedies. Exit 1 when it is refused; warnings alone do not refuse it.
reach SCENARIO --from A --to B [--port N] [--protocol tcp|udp|icmp|any] [--source ADDRESS] [--json]
    reachable, or where it is blocked and why. A and B: a resource id, an AWS id, internet, or an address. Exit 1 when blocked.
    SCENARIO: a scenario, a CloudFormation template, or a folder of what aws ec2 describe-* prints (docs/networks.md).
match PATTERN.json [EVENT.json] [--json]
    true, false or invalid: reason, and the field that decided. Exit 0, 1, 2. Without an event the pattern alone is judged.
schedule 'cron(...)' [--from ISO] [--count N] [--timezone ZONE] [--api events:PutRule|scheduler:CreateSchedule] [--json]
    The next fire times (10) of rate(...), cron(...) or at(...), in UTC, or invalid: reason. Exit 1 when invalid.
bench [--invocations N] [--json]
    M invocations per second: counted, recorded, a hand-written loop. M messages per second through a queue, recorded: queue
    (BatchSize 10, no window, 1,000 messages arrive a second), queueSingle (BatchSize 1, 100 arrive a second). Then seeks and memory.
    N: invocations, or messages, of each run.

validate, reach, match and schedule take --batch FILE.jsonl: a case a line in, a JSON line out, in order.
Exit codes: 0 yes, 1 no, 2 could not be done as asked (one line on standard error).
`
