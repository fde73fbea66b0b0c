import { readFileSync } from 'node:fs'

const everyMs = 250

/** Calls `onGone` once when the parent process has ended; does not keep this process alive. */
export function onParentGone(onGone, { parent = process.ppid, alsoGrandparent = false } = {}) {
  const grandparent = alsoGrandparent ? parentOf(parent) : undefined
  const isGone = () => process.ppid !== parent || !isAlive(parent) || (grandparent !== undefined && parentOf(parent) !== grandparent)
  const timer = setInterval(() => {
    if (!isGone()) return
    clearInterval(timer)
    onGone()
  }, everyMs)
  timer.unref()
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Only where /proc tells it at no cost: elsewhere /bin/sh replaces itself by the command, and there is no process in between.
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
