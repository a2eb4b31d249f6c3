/** `npm start`: builds what is out of date and serves it. PORT names the port; `--strict` refuses any other. */
import { buildApp } from './build-app.mjs'
import { serve } from './serve.mjs'

const port = Number(process.env['PORT'] ?? 4173)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`PORT is ${process.env['PORT']}; it must be a number from 0 to 65535.`)
  process.exit(2)
}
buildApp()
try {
  const { url } = await serve(port, { strict: process.argv.includes('--strict') })
  console.log(`Coldstart is at ${url}`)
} catch (error) {
  console.error(`Port ${port} cannot be used: ${error.message}. Set PORT to a free one.`)
  process.exit(1)
}
