import type { FileResult } from './read-tap.ts'

export type RunEnd = { code: number; files: number; stoppedBy?: string }

export type Report = { add: (result: FileResult) => void; end: (run: RunEnd) => number }

const detailLinesMax = 80

/** Tells each file as it ends, failures in full, and at last one line `N passed, N failed`; `end` gives the exit code. */
export function createReport(print: (line: string) => void, conclude: (line: string) => void = (line) => console.log(line)): Report {
  const totals = { passed: 0, failed: 0, skipped: 0, files: 0 }

  const add = (result: FileResult) => {
    totals.files += 1
    totals.passed += result.passed
    totals.failed += result.failed
    totals.skipped += result.skipped
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
    const seconds = (result.timeMs / 1000).toFixed(1)
    print(`${result.failed > 0 ? 'FAIL' : 'ok  '} ${result.file}  ${result.passed} passed, ${result.failed} failed${skipped}  ${seconds} s`)
    for (const failure of result.failures) {
      print(`     ✗ ${failure.name}`)
      for (const line of failure.detail.slice(0, detailLinesMax)) print(`       ${line}`)
    }
    if (result.failed > 0) for (const line of result.output.slice(-detailLinesMax)) print(`     | ${line}`)
  }

  const end = ({ code, files, stoppedBy }: RunEnd): number => {
    const complaint = complaintAbout({ code, expected: files, ...totals, stoppedBy })
    if (complaint) {
      conclude(complaint)
      if (totals.failed === 0) totals.failed = 1
    }
    if (totals.skipped > 0) conclude(`${totals.skipped} skipped`)
    conclude(`${totals.passed} passed, ${totals.failed} failed`)
    return totals.failed > 0 ? 1 : 0
  }

  return { add, end }
}

type Outcome = { code: number; expected: number; files: number; passed: number; failed: number; stoppedBy: string | undefined }

// A run in which nothing was checked, or that broke off, must never look like success.
function complaintAbout({ code, expected, files, passed, failed, stoppedBy }: Outcome): string | undefined {
  if (stoppedBy) return `Stopped by ${stoppedBy} before the end.`
  if (expected === 0) return 'No test files were found.'
  if (files !== expected) return `${expected} test files were to run, ${files} reported.`
  if (passed + failed === 0) return 'Nothing was tested.'
  if (code !== 0 && failed === 0) return `The test runner ended with code ${code} although no test failed.`
  return undefined
}
