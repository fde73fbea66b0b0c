import { embedderOf, readPriorities } from '@siku/matching'
import { createLogger, runProcess } from '@siku/service-kit'
import { embedderSettings } from './embedder/embedder-settings.ts'
import { dataDir } from './installation/data-dir.ts'
import { openInstallation } from './installation/open-installation.ts'
import { prepareInstallation } from './installation/prepare-installation.ts'

const portDefault = 8080
const say = (line: string) => void process.stdout.write(`${line}\n`)
const log = createLogger({ name: 'siku', level: process.env.LOG_LEVEL ?? 'warn' })

await runProcess({
  log,
  open: async (opened) => {
    const { urls, secret, database } = await prepareInstallation(opened, dataDir(), say)
    const { REDIS_URL: redisUrl, SIKU_PORT: port, SIKU_PUBLIC_URL: publicUrl, SIKU_PRIORITIES_FILE: prioritiesFile } = process.env
    const { address } = await openInstallation(opened, {
      urls,
      secret,
      log,
      port: Number(port ?? portDefault),
      embedder: embedderOf(embedderSettings()),
      ...(prioritiesFile ? { priorities: readPriorities(prioritiesFile) ?? null } : {}),
      ...(redisUrl ? { redisUrl } : {}),
      ...(publicUrl ? { settings: { SIKU_PUBLIC_URL: publicUrl } } : {})
    })
    say(`Siku answers at ${address} (sign in: ${address}/sign-in, interface: ${address}/docs); database ${database}; data in ${dataDir()}.`)
    say('No account yet? `npm run siku -- admin create` prints a one-time link. Ctrl-C stops it.')
  }
})
