import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let jieba: Jieba | undefined

/** Words of a run of simplified Chinese characters. The dictionary is read when the first Chinese text comes. */
export function segmentChinese(run: string): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(run, true)
}
