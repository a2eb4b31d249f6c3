import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Locator, Page, TestInfo } from '@playwright/test'
import { smallNetwork } from '../src/iac/describe/small-network.fixture'
import { canvas, node, notifications, openEmpty } from './bench'
import { expect, test } from './support'

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name })

async function ask(page: Page): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name: /^Bring your own network/ }).click()
  await expect(dialog(page, 'Bring your own network')).toBeVisible()
}

/** The made-up network as a folder on disk, as the commands in the dialog leave it. */
function folder(info: TestInfo): string {
  const root = info.outputPath('network')
  for (const { name, text } of smallNetwork()) {
    const path = join(root, '111122223333/eu-west-1', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return root
}

async function expectNetwork(page: Page): Promise<void> {
  const report = dialog(page, 'Your network is on the canvas')
  await expect(report).toContainText('1 VPC, 2 subnets, 2 instances, 2 security groups, 2 route tables')
  await expect(report.getByRole('listitem')).toHaveText([
    /Gadgets is not understood/,
    /a rule for sg-0ffff was left out/,
  ])
  await report.getByRole('button', { name: 'Look at it' }).click()
  for (const name of ['shop', 'public a', 'private b', 'web 1', 'database host'])
    // the VPC and its gateway are tagged alike
    await expect(node(page, name).first()).toBeVisible()
}

test('a folder of aws ec2 describe-* becomes a drawing that survives a reload, and nothing leaves the browser', async ({
  page,
}, info) => {
  const sent: string[] = []
  await ask(page)
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`)
    if (new URL(request.url()).origin !== new URL(page.url()).origin) sent.push(request.url())
  })
  await page.getByLabel('Folder').setInputFiles(folder(info))
  await expectNetwork(page)
  const web = await node(page, 'web 1').boundingBox()
  const subnet = await node(page, 'public a').boundingBox()
  expect(web!.x).toBeGreaterThan(subnet!.x)
  expect(web!.y + web!.height).toBeLessThan(subnet!.y + subnet!.height)

  await expect(page).toHaveURL(/#d=/)
  await page.reload()
  await expect(node(page, 'web 1')).toBeVisible()
  expect(sent).toEqual([])
})

test('a paste of several outputs is read in the dialog and on the canvas', async ({ page }) => {
  const text = smallNetwork()
    .map((file) => file.text)
    .join('\n')
  await ask(page)
  await page.getByRole('textbox', { name: 'Output, one after the other' }).fill(text)
  await page.getByRole('button', { name: 'Open what is pasted' }).click()
  await expectNetwork(page)

  await openEmpty(page)
  await canvas(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
  await expectNetwork(page)
})

test('what is no network is refused with its place, and the dialog stays', async ({ page }) => {
  await ask(page)
  await page.getByRole('textbox', { name: 'Output, one after the other' }).fill('{"Vpcs": [\n')
  await page.getByRole('button', { name: 'Open what is pasted' }).click()
  await expect(notifications(page)).toContainText('the paste, line 1: the JSON value ends too early.')
  await expect(dialog(page, 'Bring your own network')).toBeVisible()
})

test('a CloudFormation template is opened as a file, without what is not known', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showOpenFilePicker'))
  await page.goto('./')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file' }).click(),
  ])
  const template = `Resources:
  Office:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Desk:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Office, CidrBlock: !Select [0, !Cidr [!GetAtt Office.CidrBlock, 4, 8]] }
  Lamp: { Type: AWS::IoT::Thing }
`
  await chooser.setFiles({ name: 'office.yaml', mimeType: 'application/yaml', buffer: Buffer.from(template) })
  const report = dialog(page, 'Your network is on the canvas')
  await expect(report.getByRole('listitem')).toHaveText(['Lamp: AWS::IoT::Thing is not understood and was left out.'])
  await report.getByRole('button', { name: 'Look at it' }).click()
  await expect(node(page, 'Office')).toBeVisible()
  await expect(node(page, 'Desk')).toBeVisible()
})
