import type { Violation } from '@siku/contracts'
import { escapePointer } from './pointer.ts'

/** Deeper bodies than any schema of ours describes cost memory for nothing. */
const depthMax = 32
const backslash = 92
const violationsMax = 20
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

type Frame = { kind: 'object' | 'array'; keys: Set<string>; key: string; index: number }

/**
 * Looks through JSON text that `JSON.parse` has accepted for what parsing hides: keys given twice, numbers that lose digits,
 * NUL bytes, lone surrogates, prototype keys, and nesting beyond any schema. Raw text cannot hold a lone surrogate, for it is UTF-8.
 */
export function inspectJson(text: string): Violation[] {
  const violations: Violation[] = []
  const stack: Frame[] = []
  let keyNext = false
  const report = (detail: string) => {
    if (violations.length < violationsMax) violations.push({ pointer: pointerOf(stack), detail })
  }

  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const end = endOfString(text, at)
      const raw = text.slice(at + 1, end)
      at = end
      if (keyNext) enterKey(stack, raw, report)
      else inspectString(raw, report)
      keyNext = false
    } else if (char === '{' || char === '[') {
      stack.push({ kind: char === '{' ? 'object' : 'array', keys: new Set(), key: '', index: 0 })
      if (stack.length > depthMax) return [{ pointer: '', detail: `is nested deeper than ${depthMax} levels; no body here needs that` }]
      keyNext = char === '{'
    } else if (char === '}' || char === ']') {
      stack.pop()
      keyNext = false
    } else if (char === ',') {
      const frame = stack.at(-1)
      if (frame?.kind === 'array') frame.index++
      keyNext = frame?.kind === 'object'
    } else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) {
      const end = endOfNumber(text, at)
      inspectNumber(text.slice(at, end), report)
      at = end - 1
    }
  }
  return violations
}

function endOfString(text: string, start: number): number {
  let end = start
  do end = text.indexOf('"', end + 1)
  while (isEscaped(text, end))
  return end
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === backslash) before--
  return (at - before) % 2 === 1
}

function endOfNumber(text: string, start: number): number {
  let at = start
  while (at < text.length && '+-.eE0123456789'.includes(text[at] ?? ' ')) at++
  return at
}

function enterKey(stack: Frame[], raw: string, report: (detail: string) => void): void {
  const frame = stack.at(-1)
  if (!frame) return
  const key = unescapeJson(raw)
  frame.key = key
  if (frame.keys.has(key)) report('is given twice in one object; give it once')
  if (forbiddenKeys.has(key)) report('is not a field here')
  inspectString(raw, report)
  frame.keys.add(key)
}

function inspectString(raw: string, report: (detail: string) => void): void {
  if (!raw.includes('\\u')) return
  const detail = textFault(unescapeJson(raw))
  if (detail !== undefined) report(detail)
}

/** What is wrong with a text wherever it stands, or undefined. */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a NUL character (U+0000); remove it'
  return text.isWellFormed() ? undefined : 'holds half of a surrogate pair; send whole Unicode characters'
}

function inspectNumber(raw: string, report: (detail: string) => void): void {
  if (raw.length < 16 && !/[eE]/.test(raw)) return
  const value = Number(raw)
  if (!Number.isFinite(value)) return report('is a number out of range; the largest is about 1.8e308')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    report('is an integer beyond ±9007199254740991 and would lose digits; send it as a string if it is a code')
  }
}

const unescapeJson = (raw: string): string => (raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw)

const pointerOf = (stack: Frame[]): string =>
  stack
    .map((frame) => `/${escapePointer(frame.kind === 'object' ? frame.key : String(frame.index))}`)
    .join('')
    .toWellFormed()
