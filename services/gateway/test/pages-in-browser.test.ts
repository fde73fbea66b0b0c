import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { createAdmin } from '../src/index.ts'
import { say } from '../src/pages/messages.ts'
import { codeAt, goodPassword, openGateway, type Fixture, type Loose } from './gateway-fixture.ts'

const chromium = '/usr/bin/chromium'

t.test('pages in a real browser, on a phone', { skip: existsSync(chromium) ? false : 'chromium is not installed' }, async (t) => {
  // playwright-core belongs to infra, which alone drives browsers.
  const { chromium: driver } = createRequire(new URL('../../../infra/package.json', import.meta.url))('playwright-core')
  const port = await freePort()
  const { app, ctx, clock } = await openGateway(t, { env: { SIKU_PUBLIC_URL: `http://127.0.0.1:${port}` } })
  const url = await app.listen({ port, host: '127.0.0.1' })
  const browser = await driver.launch({
    executablePath: chromium,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync'
    ]
  })
  t.teardown(() => browser.close())
  await signInOnPhone(t, { browser, url, ctx, clock })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

type Phone = { browser: Loose; url: string } & Pick<Fixture, 'ctx' | 'clock'>

async function signInOnPhone(t: Test, { browser, url, ctx, clock }: Phone): Promise<void> {
  const link = await createAdmin(ctx, {
    email: 'phone@commission.example',
    displayName: '周',
    roles: ['reviewer'],
    organisation: { nameZh: '委员会' }
  })
  const context = await browser.newContext({
    locale: 'ar',
    viewport: { width: 375, height: 740 },
    javaScriptEnabled: false,
    isMobile: true
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message: { text: () => string }) => complaints.push(message.text()))
  page.on('requestfailed', (request: { url: () => string }) => complaints.push(request.url()))
  const shoot = async (name: string) => {
    const folder = process.env.SIKU_SCREENSHOTS
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} fits the width of a phone`)
  }

  await page.goto(link.url)
  t.equal(await page.getAttribute('html', 'dir'), 'rtl')
  await shoot('1-invitation-ar')
  await page.getByLabel(say('ar', 'newPassword')).fill(goodPassword)
  await page.getByLabel(say('ar', 'repeatPassword')).fill(goodPassword)
  await page.getByRole('button').click()
  await page.waitForURL('**/sign-in/enrol')
  await shoot('2-enrolment-ar')
  const secret = (await page.textContent('code.key')).replaceAll(' ', '')
  await page.getByLabel(say('ar', 'sixDigits')).fill(codeAt(secret, clock))
  await page.getByRole('button').click()
  t.equal(await page.locator('.codes li').count(), 10)
  await shoot('3-recovery-ar')
  await page.getByRole('link', { name: say('ar', 'goOn') }).click()
  await page.waitForURL('**/account')
  await shoot('4-account-ar')
  const cookies = await context.cookies()
  t.match(
    cookies.find(({ name }: { name: string }) => name === 'siku'),
    { httpOnly: true, sameSite: 'Lax' }
  )
  await page.getByRole('button', { name: say('ar', 'signOut') }).click()
  await page.waitForURL('**/sign-in')
  await page.getByRole('link', { name: '中文' }).click()
  await page.getByLabel(say('zh', 'email')).fill('phone@commission.example')
  await page.getByLabel(say('zh', 'password')).fill('not the password')
  await page.getByRole('button', { name: say('zh', 'signIn') }).click()
  t.equal(await page.getByRole('alert').textContent(), say('zh', 'refused'))
  await shoot('5-refused-zh')
  await page.getByLabel(say('zh', 'password')).fill(goodPassword)
  await page.getByRole('button', { name: say('zh', 'signIn') }).click()
  await page.waitForURL('**/sign-in/code?lang=zh')
  await shoot('6-code-zh')
  clock.advance({ minutes: 1 })
  await page.getByLabel(say('zh', 'code')).fill(codeAt(secret, clock))
  await page.getByRole('button').click()
  await page.waitForURL('**/account?lang=zh')
  t.same(
    complaints.filter((line) => !line.includes('401')),
    [],
    'nothing the page asked for was refused'
  )

  const desk = await context.browser().newContext({ storageState: await context.storageState() })
  const docs = await desk.newPage()
  docs.on('console', (message: { type: () => string; text: () => string }) => message.type() === 'error' && complaints.push(message.text()))
  await docs.goto(`${url}/docs/`)
  await docs.waitForSelector('.swagger-ui')
  t.notOk(
    complaints.some((line) => /Content Security Policy/.test(line)),
    complaints.join('\n')
  )
}
