import { spawnSync } from 'node:child_process'

/** A UTF-8 locale this machine has; trigram search needs one whatever LANG says. */
export function utf8Locale(available = installedLocales()): string {
  const utf8 = available.filter((name) => normal(name).endsWith('.utf8'))
  if (utf8.length === 0 || utf8.some((name) => normal(name) === 'c.utf8')) return 'C.UTF-8'
  return utf8.find((name) => normal(name) === 'en_us.utf8') ?? (utf8[0] as string)
}

const normal = (name: string) => name.toLowerCase().replace('-', '')

function installedLocales(): string[] {
  const { stdout } = spawnSync('locale', ['-a'], { encoding: 'utf8' })
  return (
    stdout
      ?.split('\n')
      .map((line) => line.trim())
      .filter(Boolean) ?? []
  )
}
