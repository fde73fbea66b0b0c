import { createRequire } from 'node:module'
import type * as Library from '@node-rs/jieba'
import type * as Dictionary from '@node-rs/jieba/dict.js'

const require = createRequire(import.meta.url)
let jieba: Library.Jieba | undefined

/** Words of a run of simplified Chinese characters. The library and its dictionary are read when the first Chinese text comes. */
export function segmentChinese(run: string): string[] {
  jieba ??= openJieba()
  return jieba.cut(run, true)
}

function openJieba(): Library.Jieba {
  const { Jieba } = require('@node-rs/jieba') as typeof Library
  const { dict } = require('@node-rs/jieba/dict.js') as typeof Dictionary
  return Jieba.withDict(dict)
}
