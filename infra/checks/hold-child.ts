// Starts a command the way every command is started, says its process id, and stays: the parent that the test kills.
import { spawn } from 'node:child_process'
import { typescriptArguments } from '../dev/embedded/index.ts'

const child = spawn(process.execPath, typescriptArguments('infra/checks/wait-for-ever.ts'), {
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true
})
child.stdout.once('data', () => console.log(child.pid))
