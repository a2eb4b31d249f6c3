import { command } from './command'
import { NODE_IO } from './io'

// `sim ... | head` closes the pipe early: that is no error of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await command(process.argv.slice(2), NODE_IO)
