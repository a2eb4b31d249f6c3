import { nameIn } from '../../../drawing'
import type { LogicalId, Scenario } from '../../../model/scenario'
import type { HyperplaneEni } from '../../../network'
import { properties, ref } from '../../../network/read'
import { Glyph, type GlyphName } from '../../../ui/glyphs'
import { Section } from '../../../ui/Section'
import { memoryOf } from '../estimate'
import type { Clock, RunQueries } from '../types'
import { useNow } from '../use-now'
import { ThenAndNow } from './ThenAndNow'
import { OLD_PROFILE, shownAt, shownThen, type Shown } from './interfaces'
import './two-vpcs.css'

/** Interfaces drawn; the list below has all of them. */
const MOST = 4

interface TwoVpcsProps {
  id: LogicalId
  scenario: Scenario
  /** Those the function uses. */
  enis: readonly HyperplaneEni[]
  run: RunQueries
  playhead: Clock
}

/** Where the code runs and where it reaches out from: Lambda's VPC, the customer's, and the interfaces between (NET-1, NET-3). */
export default function TwoVpcs({ id, scenario, enis, run, playhead }: TwoVpcsProps) {
  const now = useNow(playhead)
  const shown = enis.map((eni) => (scenario.profile === OLD_PROFILE ? shownThen : shownAt)(eni, run, now))
  const subnet = scenario.resources[enis[0]?.subnet ?? '']
  const vpc = subnet === undefined ? null : ref(properties(subnet).VpcId)
  const name = nameIn(id, scenario)
  return (
    <>
      <Section title="Networks">
        <figure className="tv">
          <Picture name={name} vpc={vpc === null ? null : nameIn(vpc, scenario)} shown={shown} scenario={scenario} />
          <figcaption className="xs dim">
            {caption(name, vpc === null ? null : nameIn(vpc, scenario), enis.length, scenario.profile)}
          </figcaption>
        </figure>
      </Section>
      {shown.length > 0 && (
        <Section title="Network interfaces" end={<span className="xs faint num">{shown.length}</span>}>
          <ul className="insp-verdicts">
            {shown.map(({ subnet: place, state, words, line, shared }) => (
              <li key={`${place} ${line}`} className="insp-verdict">
                <Glyph name={GLYPHS[state]} />
                <div className="grow">
                  <p>
                    <span className="mono xs">{line}</span> in {nameIn(place, scenario)}
                    <span className="dim">, {words}</span>
                  </p>
                  {shared !== '' && (
                    <p className="xs dim">{`${shared.replace('s', 'S')} functions with the same groups.`}</p>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {enis.length > 0 && (
        <ThenAndNow
          interfaces={enis.length}
          peak={run.peak(id, 'ConcurrentExecutions')}
          memory={memoryOf(scenario.resources[id]?.Properties)}
          scenario={scenario}
        />
      )}
    </>
  )
}

const GLYPHS: { readonly [state in Shown['state']]: GlyphName } = { active: 'eni', pending: 'pending', none: 'eni' }

function caption(name: string, vpc: string | null, count: number, profile: string): string {
  if (vpc === null)
    return `${name} runs in Lambda's VPC, in an account of AWS. From there it reaches the internet and AWS, and nothing inside a VPC of yours.`
  if (profile === OLD_PROFILE)
    return `${name} runs in Lambda's VPC. Until 2019 every environment built an interface of its own in ${vpc}.`
  return `${name} runs in Lambda's VPC, not in ${vpc}. It reaches out through ${
    count === 1 ? 'one interface there' : `${count} interfaces there`
  }: one for each subnet and set of security groups, built when it is configured. Lambda's own way to the internet is closed.`
}

const W = 288
const LINE = 38

function Picture(props: { name: string; vpc: string | null; shown: readonly Shown[]; scenario: Scenario }) {
  const { name, vpc, shown, scenario } = props
  const drawn = shown.slice(0, MOST)
  const rows = vpc === null ? 0 : drawn.length + (shown.length > MOST ? 0.6 : 0)
  const top = 128
  const height = vpc === null ? 92 : top + 22 + rows * LINE + 8
  return (
    <svg className="tv-picture" viewBox={`0 0 ${W} ${height}`} width={W} height={height} aria-hidden="true">
      <rect className="tv-vpc" x="0.75" y="8.75" width="206" height="76" rx="8" />
      <Title x={12} y={9} text="Lambda's VPC" note="AWS account" />
      <g className="tv-function">
        <rect x="22" y="34" width="150" height="34" rx="7" />
        <Icon name="function" x={31} y={43} />
        <text x="54" y="55">
          {short(name, 16)}
        </text>
      </g>
      {/* the way out of Lambda's own network */}
      <g className="tv-exit" data-open={vpc === null}>
        <path d="M172 51H228" />
        {vpc === null ? (
          <path className="tv-head" d="M236 51l-8-4v8z" />
        ) : (
          <path className="tv-bar" d="M214 43V59M219 43V59" />
        )}
        <Icon name="internet" x={240} y={43} />
        <text x="229" y={74} className="tv-small">
          internet
        </text>
      </g>
      {vpc !== null && (
        <g className="tv-build">
          <rect className="tv-vpc" x="0.75" y={top + 0.75} width={W - 1.5} height={height - top - 1.5} rx="8" />
          <Title x={58} y={top + 1} text={short(vpc, 18)} note="your account" />
          <path
            className="tv-trunk"
            data-state={worst(drawn)}
            d={`M97 68V${top - 14}H34V${top + 22 + (drawn.length - 1) * LINE + 15}`}
          />
          <text x="106" y={top - 20} className="tv-small">
            {scenario.profile === OLD_PROFILE ? 'across accounts' : 'Hyperplane: across accounts'}
          </text>
          {drawn.map(({ subnet, state, words, line, shared }, i) => {
            const y = top + 22 + i * LINE
            return (
              <g key={`${subnet} ${line}`} className="tv-eni" data-state={state}>
                <path className="tv-trunk" data-state={state} d={`M34 ${y + 15}H56`} />
                <rect x="56" y={y} width={W - 68} height="30" rx="5" />
                <Icon name={state === 'pending' ? 'pending' : 'eni'} x={63} y={y + 7} />
                <text x="85" y={y + 13}>
                  {short(nameIn(subnet, scenario), 15)}
                </text>
                <text x="85" y={y + 25} className={/\d/.test(line) ? 'tv-small tv-mono' : 'tv-small'}>
                  {line}
                </text>
                <text x={W - 20} y={y + 13} className="tv-state">
                  {words}
                </text>
                <text x={W - 20} y={y + 25} className="tv-small tv-end">
                  {shared}
                </text>
              </g>
            )
          })}
          {shown.length > MOST && (
            <text x="56" y={top + 22 + MOST * LINE + 14} className="tv-small">
              and {shown.length - MOST} more
            </text>
          )}
        </g>
      )}
    </svg>
  )
}

/** The title stands in the border line, as on the canvas. */
function Title({ x, y, text, note }: { x: number; y: number; text: string; note: string }) {
  return (
    <g>
      <rect className="tv-gap" x={x - 4} y={y - 7} width={(text.length + note.length) * 6 + 18} height="14" />
      <text x={x} y={y + 4} className="tv-title">
        {text}
        <tspan className="tv-note" dx="6">
          {note}
        </tspan>
      </text>
    </g>
  )
}

function Icon({ name, x, y }: { name: GlyphName; x: number; y: number }) {
  return <use href={`#g-${name}`} x={x} y={y} width="16" height="16" />
}

const worst = (shown: readonly Shown[]): Shown['state'] =>
  shown.some(({ state }) => state === 'active') ? 'active' : (shown[0]?.state ?? 'none')

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
