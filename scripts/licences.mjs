/**
 * Writes NOTICES.md: licence texts of everything that ships in the build (the production dependencies and theirs).
 * `--check` fails instead when the file is out of date. Refuses licences that would bind Coldstart's own.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './fresh.mjs'

const REFUSED = /\b(AGPL|GPL|SSPL|BUSL|CC-BY-NC|UNLICENSED)\b/i
const SHIPPABLE =
  /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|OFL-1\.1|CC0-1\.0|Unlicense|BlueOak-1\.0\.0|MPL-2\.0)$/

/** Installed packages by folder, from the lock file: the same on every machine, whatever else lies in node_modules. */
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
const packages = Object.entries(lock.packages)
  .filter(([path, entry]) => path !== '' && entry.link !== true)
  .map(([path, entry]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...entry }))

function fail(message) {
  console.error(`licences: ${message}`)
  process.exit(1)
}

/** Alternatives of an SPDX expression that is a plain choice or a single id. */
const choices = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR | or |\//)
    .map((id) => id.trim())

for (const { name, license } of packages) {
  if (license !== undefined && choices(license).every((id) => REFUSED.test(id))) fail(`${name} is ${license}`)
}

// types and platform-specific binaries are no code of the build
const shipped = packages.filter(({ dev, devOptional, optional, name, path }) => {
  return (
    dev !== true &&
    devOptional !== true &&
    optional !== true &&
    !name.startsWith('@types/') &&
    existsSync(join(ROOT, path))
  )
})
const sections = shipped
  .toSorted((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : x.version < y.version ? -1 : 1))
  .map(({ name, version, license, path }) => {
    if (license === undefined || !choices(license).some((id) => SHIPPABLE.test(id)))
      fail(`${name} is ${license ?? 'without a licence'}; decide whether it may ship`)
    const file = readdirSync(join(ROOT, path))
      .filter((entry) => /^(licen[cs]e|copying)/i.test(entry))
      .toSorted()[0]
    const text =
      file === undefined
        ? `Licensed under ${license}; the package contains no licence text.`
        : readFileSync(join(ROOT, path, file), 'utf8')
    const clean = text
      .replace(/\r\n?/g, '\n')
      .replace(/[ \t]+$/gm, '')
      .trim()
      .replaceAll('```', "'''")
    return `## ${name} ${version}\n\n${license}\n\n\`\`\`text\n${clean}\n\`\`\`\n`
  })

const notices = `# Notices

Coldstart is MIT-licensed (LICENSE). Its build contains the packages below, each under its own licence. The IBM Plex fonts
are under the SIL Open Font License 1.1. Written by \`node scripts/licences.mjs\`.

${sections.join('\n')}`

const target = join(ROOT, 'NOTICES.md')
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== notices)
    fail('NOTICES.md is out of date; run node scripts/licences.mjs')
  console.log(`NOTICES.md names ${sections.length} packages`)
} else {
  writeFileSync(target, notices)
  console.log(`NOTICES.md written: ${sections.length} packages`)
}
