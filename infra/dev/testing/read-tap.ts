export type Failure = { name: string; detail: string[] }

export type FileResult = {
  file: string
  passed: number
  failed: number
  skipped: number
  failures: Failure[]
  timeMs: number
  output: string[]
}

const point = /^(not )?ok\b(?: \d+)?(?: - )?(.*)$/

/** Reads tap's output line by line and hands over each test file as it ends. Assertions are counted, not the tests around them. */
export function createTapReader(onFile: (result: FileResult) => void): { read: (line: string) => void; end: () => void } {
  let result = emptyResult()
  let ended: FileResult | undefined
  let names: string[] = []
  let pointsBelow: boolean[] = []
  let yamlIndent: number | undefined
  let failing: Failure | undefined

  const readPoint = (depth: number, isOk: boolean, text: string) => {
    const hadChildren = pointsBelow[depth + 1] ?? false
    pointsBelow = pointsBelow.slice(0, depth + 1)
    pointsBelow[depth] = true
    failing = undefined
    const { name, directive, timeMs } = readName(text)
    if (!hadChildren) {
      if (directive === 'skip') result.skipped += 1
      else if (isOk || directive === 'todo') result.passed += 1
      else failing = addFailure(result, [...names.slice(0, depth), name])
    }
    if (depth > 0) return
    // A file can fail as a whole: no tests, a timeout, an error outside of every test.
    if (!isOk && result.failed === 0) failing = addFailure(result, [name])
    ended = { ...result, file: name, timeMs }
    result = emptyResult()
    names = []
  }

  // What went wrong with a file as a whole is told after its result, so it is handed over when something else begins.
  const handOver = () => {
    if (ended) onFile(ended)
    ended = undefined
  }

  const read = (line: string) => {
    const text = line.trimStart()
    const indent = line.length - text.length
    if (yamlIndent !== undefined) {
      if (indent === yamlIndent && text === '...') yamlIndent = undefined
      else failing?.detail.push(line.slice(yamlIndent))
      return
    }
    if (text === '---' && indent % 4 === 2) {
      yamlIndent = indent
      return
    }
    handOver()
    const depth = indent / 4
    const match = indent % 4 === 0 ? point.exec(text) : null
    if (match) return readPoint(depth, !match[1], match[2] ?? '')
    if (text.startsWith('# Subtest: ')) names[depth] = text.slice('# Subtest: '.length)
    else if (!/^(\d+\.\.\d+|TAP version|#|$)/.test(text)) result.output.push(text)
  }
  return { read, end: handOver }
}

function emptyResult(): FileResult {
  return { file: '', passed: 0, failed: 0, skipped: 0, failures: [], timeMs: 0, output: [] }
}

function addFailure(result: FileResult, path: string[]): Failure {
  const failure = { name: path.join(' › '), detail: [] }
  result.failures.push(failure)
  result.failed += 1
  return failure
}

function readName(text: string): { name: string; directive: 'skip' | 'todo' | undefined; timeMs: number } {
  const [, name = '', comment = ''] = /^(.*?)(?:\s+#\s*(.*?))?(?:\s*\{)?$/.exec(text) ?? []
  const word = comment.slice(0, 4).toLowerCase()
  const timeMs = Number(/time=([\d.]+)ms/.exec(comment)?.[1] ?? 0)
  return { name, directive: word === 'skip' || word === 'todo' ? word : undefined, timeMs }
}
