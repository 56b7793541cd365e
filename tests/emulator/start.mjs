// Starts the independent Google emulator by its programmatic API (its command line needs a newer Node than 20):
// takes the seed as the first line of stdin, prints its address, and ends when stdin does, so that none is orphaned.
import { createInterface } from 'node:readline'
import { createEmulator } from 'emulate'

const [, , port] = process.argv
const lines = createInterface({ input: process.stdin })
let emulator

lines.once('line', async (seed) => {
  emulator = await createEmulator({ service: 'google', port: Number(port), seed: JSON.parse(seed) })
  console.log(emulator.url)
})

lines.once('close', async () => {
  await emulator?.close()
  process.exit(0)
})
