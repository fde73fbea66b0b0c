import { Converter } from 'opencc-js/t2cn'

const simplified = readSimplified()

/** Character by character, so that the length in code points never changes and spans stay true. */
export function traditionalToSimplified(text: string): string {
  if (text.length === 1) return simplified.get(text) ?? text
  let result = ''
  for (const character of text) result += simplified.get(character) ?? character
  return result
}

/** Every Han character of the basic plane that has a simplified form of its own. */
function readSimplified(): Map<string, string> {
  const characters = Array.from({ length: 0xa000 - 0x3400 }, (_, at) => String.fromCharCode(0x3400 + at))
  const convert: (text: string) => string = Converter({ from: 't', to: 'cn' })
  // One character a line: conversion goes by phrases, and neighbours must not form one.
  const converted = convert(characters.join('\n')).split('\n')
  const pairs = characters.map((character, at): [string, string] => [character, converted[at] ?? character])
  return new Map(pairs.filter(([character, simple]) => simple !== character && simple.length === 1))
}
