import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import type { Workspace } from '../workspace'
import { importFiles, importNetwork } from './import-network'
import './bring.css'

/** React's types do not know it: https://developer.mozilla.org/docs/Web/API/HTMLInputElement/webkitdirectory */
const WHOLE_FOLDER = { webkitdirectory: '' }

/** What to print in a terminal with credentials; the page itself never asks AWS. */
const COMMANDS = `mkdir network && cd network
for what in vpcs subnets route-tables network-acls security-groups instances network-interfaces \\
  addresses internet-gateways egress-only-internet-gateways nat-gateways vpc-endpoints prefix-lists \\
  vpc-peering-connections vpn-gateways vpn-connections customer-gateways transit-gateways \\
  transit-gateway-attachments transit-gateway-vpc-attachments transit-gateway-route-tables
do aws ec2 describe-$what --output json > $what.json; done`

/** Asks for a network; then tells what of it was not understood. */
export default function NetworkDialog({ workspace }: { workspace: Workspace }) {
  const imported = useStore(workspace.ui, (state) => state.imported)
  const close = (): void => workspace.ui.setState({ dialog: null, imported: null })
  return imported === null ? <Ask workspace={workspace} onClose={close} /> : <Report {...imported} onClose={close} />
}

function Ask({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const folder = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const chosen = (list: FileList | null): void =>
    void importFiles(
      workspace,
      [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })),
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Bring your own network"
      description="What aws ec2 describe-* prints, as a folder, as files or pasted. It is read in this browser and sent nowhere."
      width={640}
      footer={
        <>
          <Button onClick={() => files.current?.click()}>Choose files</Button>
          <Button onClick={() => folder.current?.click()}>Choose a folder</Button>
          <Button
            variant="primary"
            disabled={text.trim() === ''}
            onClick={() => void importNetwork(workspace, [{ name: 'the paste', text }])}
          >
            Open what is pasted
          </Button>
        </>
      }
    >
      <label className="bring-paste">
        <span className="caps">Output, one after the other</span>
        <textarea
          className="mono"
          rows={6}
          spellCheck={false}
          placeholder={'{ "Vpcs": [ ... ] }'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <details className="bring-how">
        <summary>Commands that print it</summary>
        <pre className="mono">{COMMANDS}</pre>
        <p>
          One folder for each account and region is kept apart. Routes of a transit gateway:{' '}
          <code>aws ec2 search-transit-gateway-routes</code>, saved under the name of the route table, such as
          tgw-rtb-0123.json. Load balancers: <code>aws elbv2 describe-load-balancers</code> and the like.
        </p>
      </details>
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder"
        {...WHOLE_FOLDER}
        onChange={(event) => chosen(event.target.files)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept=".json"
        aria-label="Files"
        onChange={(event) => chosen(event.target.files)}
      />
    </Dialog>
  )
}

interface Imported {
  readonly counts: readonly (readonly [type: string, count: number])[]
  readonly notes: readonly string[]
}

const SHOWN = ['VPC', 'Subnet', 'Instance', 'SecurityGroup', 'RouteTable', 'LoadBalancer', 'TransitGateway']
const SHORT: { readonly [type: string]: string } = {
  VPC: 'VPCs',
  Subnet: 'subnets',
  Instance: 'instances',
  SecurityGroup: 'security groups',
  RouteTable: 'route tables',
  LoadBalancer: 'load balancers',
  TransitGateway: 'transit gateways',
}

function Report({ counts, notes, onClose }: Imported & { onClose: () => void }) {
  const number = new Map(counts.map(([type, count]) => [type.split('::').at(-1) ?? type, count]))
  const read = SHOWN.flatMap((type) => {
    const count = number.get(type)
    return count === undefined ? [] : [`${count} ${count === 1 ? SHORT[type]?.slice(0, -1) : SHORT[type]}`]
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Your network is on the canvas"
      description={`${read.join(', ')}. Choose two things and press R to ask whether packets get from one to the other.`}
      width={640}
      footer={
        <Button variant="primary" onClick={onClose}>
          Look at it
        </Button>
      }
    >
      {notes.length === 0 ? (
        <p>Everything in the files was understood.</p>
      ) : (
        <section aria-label="Not understood">
          <h3 className="caps">Not understood, or not in the files: {notes.length}</h3>
          <ul className="bring-notes">
            {notes.slice(0, 200).map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          {notes.length > 200 && <p>And {notes.length - 200} more.</p>}
        </section>
      )}
    </Dialog>
  )
}
