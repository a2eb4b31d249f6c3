import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { galleryIndex, writeGallery } from './gallery'

const folder = join(import.meta.dirname, '../public/scenarios')

test('the library index says what the scenario files say (npm run gallery writes it)', () => {
  if (process.env['UPDATE_GALLERY'] !== undefined) writeGallery(folder)
  expect(readFileSync(join(folder, 'index.json'), 'utf8')).toBe(galleryIndex(folder))
})
