// Preloaded into every process we start: one whose parent is gone ends itself as if it had been asked to (SIGTERM).
import { onParentGone } from './on-parent-gone.mjs'

const patienceMs = 20_000
const parent = Number(process.env.SIKU_PARENT_PID) || process.ppid
delete process.env.SIKU_PARENT_PID

onParentGone(
  () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMs).unref()
    process.kill(process.pid, 'SIGTERM')
  },
  { parent }
)
