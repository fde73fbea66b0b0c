/** A character with what it should look like: the number of the pair it belongs to, or 0. */
export type Cell = { sign: string; pair: number }

const esc = '\u001b['
/** Background and black text, four that any terminal tells apart. */
const colours = ['30;46', '30;43', '30;42', '30;45']
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const combining = /[\p{Mn}\p{Me}\u200b-\u200f\u2066-\u2069]/u

/** No line begins with these. */
const closing = /[。，、；：！？）》」』”’…)\].,;:!?²³¹⁰⁴-⁹]/u

export const widthOf = (sign: string): number => (combining.test(sign) ? 0 : wide.test(sign) ? 2 : 1)

export const cellsOf = (text: string, pair = 0): Cell[] => [...text].map((sign) => ({ sign, pair }))

/** Lines of at most so many columns, broken at spaces, and anywhere in Chinese. */
export function wrap(cells: readonly Cell[], width: number): Cell[][] {
  const lines: Cell[][] = []
  let line: Cell[] = []
  let used = 0
  let breakAt = 0
  let before = 0
  for (const cell of cells) {
    if (cell.sign === '\n') {
      lines.push(line)
      ;[line, used, breakAt, before] = [[], 0, 0, 0]
      continue
    }
    if (used + widthOf(cell.sign) > width) {
      const last = breakAt === line.length && closing.test(cell.sign) ? before : breakAt
      const at = last > 0 ? last : line.length
      lines.push(line.slice(0, at))
      line = line.slice(at)
      while (line[0]?.sign === ' ') line.shift()
      ;[used, breakAt, before] = [widthIn(line), 0, 0]
    }
    line.push(cell)
    used += widthOf(cell.sign)
    if (cell.sign === ' ' || wide.test(cell.sign)) [before, breakAt] = [breakAt, line.length]
  }
  return line.length > 0 ? [...lines, line] : lines
}

const widthIn = (cells: readonly Cell[]): number => cells.reduce((sum, { sign }) => sum + widthOf(sign), 0)

/** Two texts beside each other. */
export function besides(left: readonly Cell[], right: readonly Cell[], { width, colour }: { width: number; colour: boolean }): string[] {
  const column = Math.floor((width - 3) / 2)
  const [one, other] = [wrap(left, column), wrap(right, column)]
  return Array.from({ length: Math.max(one.length, other.length) }, (_, at) => {
    const cells = one[at] ?? []
    return `${paint(cells, colour)}${' '.repeat(Math.max(0, column - widthIn(cells)))} │ ${paint(other[at] ?? [], colour)}`
  })
}

function paint(cells: readonly Cell[], colour: boolean): string {
  if (!colour) return cells.map(({ sign }) => sign).join('')
  let painted = ''
  let pair = 0
  for (const cell of cells) {
    if (cell.pair !== pair) painted += cell.pair === 0 ? `${esc}0m` : `${esc}0;${colours[(cell.pair - 1) % colours.length]}m`
    pair = cell.pair
    painted += cell.sign
  }
  return pair === 0 ? painted : `${painted}${esc}0m`
}
