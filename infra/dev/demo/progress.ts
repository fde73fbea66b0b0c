/** Lines for a person who waits: rewritten in place on a terminal, now and then a line elsewhere. */
export function createProgress(out: NodeJS.WriteStream = process.stdout) {
  const everyMs = 2000
  let saidAt = 0
  let inPlace = false
  const say = (line: string) => {
    if (inPlace) out.write('\n')
    inPlace = false
    out.write(`${line}\n`)
  }
  return {
    say,
    step: (label: string, done: number, total: number) => {
      const line = `  ${label} ${done} of ${total}`
      if (out.isTTY) {
        out.write(`\r${line}   `)
        inPlace = true
      } else if (done === total || performance.now() - saidAt > everyMs) {
        saidAt = performance.now()
        out.write(`${line}\n`)
      }
    }
  }
}
export type Progress = ReturnType<typeof createProgress>
