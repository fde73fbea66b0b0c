import { createLogger, databaseSetting, newId, readConfigOrExit, runProcess, systemNow } from '@siku/service-kit'
import { loadThesaurus, warmUp } from '@siku/thesaurus'
import { GatewayConfig } from './config.ts'
import { openGateway } from './open-gateway.ts'

const config = readConfigOrExit(GatewayConfig) as GatewayConfig & Record<string, string>
const log = createLogger({ name: 'gateway', level: config.LOG_LEVEL })

await runProcess({
  log,
  followParent: config.SIKU_FOLLOW_PARENT,
  open: async (opened) => {
    const thesaurus = loadThesaurus()
    await openGateway(opened, {
      config,
      log,
      newId,
      now: systemNow,
      databaseUrl: config[databaseSetting('gateway')] ?? '',
      thesaurus,
      ...(config.MEILI_URL === undefined ? {} : { engine: { url: config.MEILI_URL, key: config.MEILI_KEY } })
    })
    void warmUp(thesaurus)
  }
})
