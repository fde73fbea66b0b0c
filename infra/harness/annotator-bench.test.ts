import { execFileSync } from 'node:child_process'
import t from 'tap'

t.test('the annotator is measured beside its references, in every language and from cold', async (t) => {
  const bench = new URL('../bench/annotator.ts', import.meta.url).href
  const script = `const { annotatorBench } = await import('${bench}'); await annotatorBench.run(1, 1)`
  const printed = execFileSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--conditions=siku-src', '--input-type=module', '-e', script],
    { encoding: 'utf8' }
  )
  t.match(printed, /loaded: \d+ ms .*\n.*warm in seven languages: \d+ ms .* \d+ MB/)
  for (const language of ['zh', 'en', 'fr', 'ru', 'ar']) {
    for (const what of ['concepts with spans', 'the whole annotation']) {
      t.match(printed, new RegExp(`P11 ${language}, ${what}: \\d+\\.\\d\\d× .*; goal ≥`), `${what} in ${language}`)
    }
  }
})
