import type { Scenario } from '../../../model/scenario'
import { Section } from '../../../ui/Section'
import { factNumber } from '../estimate'
import { digits } from '../words'
import { OLD_PROFILE, interfacesThen } from './interfaces'

interface ThenAndNowProps {
  /** One for each subnet and set of security groups (NET-3). */
  interfaces: number
  /** Environments that ran at once in this run, at most. */
  peak: number
  /** MB. */
  memory: number
  scenario: Scenario
}

/** The two models of Lambda in a VPC on the traffic of this run: by concurrency before September 2019 (NET-9), shared since (NET-3). */
export function ThenAndNow({ interfaces, peak, memory, scenario }: ThenAndNowProps) {
  const then = interfacesThen(peak, memory, factNumber('vpc.eniShare', scenario))
  const rows: readonly (readonly [string, string, string])[] = [
    ['Interfaces', digits(then), digits(interfaces)],
    ['One for each', `${digits(factNumber('vpc.eniShare', scenario))} MB running at once`, 'subnet and set of groups'],
    ['Built', 'in the cold start', 'when configured'],
    [
      'Takes',
      `${digits(factNumber('vpc.eniAttach', { ...scenario, profile: OLD_PROFILE }))} s, the caller waits`,
      `${digits(factNumber('vpc.eniCreation', scenario))} s, Pending meanwhile`,
    ],
  ]
  return (
    <Section title="Then and now">
      <table className="tv-table xs">
        <caption className="dim">
          On the traffic of this run: {digits(peak)} {peak === 1 ? 'environment' : 'environments'} at once,{' '}
          {digits(memory)} MB each.
        </caption>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Until September 2019</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, now]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{before}</td>
              <td className="num">{now}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
