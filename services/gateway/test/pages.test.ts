import { languages } from '@siku/contracts'
import t from 'tap'
import { createAdmin, type Gateway } from '../src/index.ts'
import { messageKeys, say } from '../src/pages/messages.ts'
import { chineseFirm, codeAt, colleague, goodPassword, openGateway, staffMember, verifiedOrganisation } from './gateway-fixture.ts'

/** A browser without scripts: follows redirects, keeps cookies, fills in forms by their labels. */
function plainBrowser(app: Gateway['app'], language = 'en') {
  const jar = new Map<string, string>()
  let at = '/'
  let page = ''
  let status = 0
  let headers: Record<string, unknown> = {}
  const send = async (method: 'GET' | 'POST', url: string, form?: Record<string, string>): Promise<void> => {
    const response = await app.inject({
      method,
      url,
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'accept-language': language,
        ...(form && { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://127.0.0.1:8080' })
      },
      ...(form && { payload: new URLSearchParams(form).toString() })
    })
    for (const { name, value } of response.cookies)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    const { location } = response.headers
    if (response.statusCode === 303 && typeof location === 'string') return send('GET', location)
    ;({ body: page, statusCode: status, headers } = response)
    at = url
  }
  const decode = (text: string) =>
    text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const submit = async (values: Record<string, string>, formIndex = 0) => {
    const form = [...page.matchAll(/<form method="post" action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)][formIndex]
    if (!form) throw new Error(`no form on ${at}`)
    const inputs = Object.fromEntries(
      [...(form[2] ?? '').matchAll(/<input ([^>]*)>/g)].map((input) => [
        /name="([^"]*)"/.exec(input[1] ?? '')?.[1] ?? '',
        decode(/value="([^"]*)"/.exec(input[1] ?? '')?.[1] ?? '')
      ])
    )
    await send('POST', decode(form[1] ?? ''), { ...inputs, ...values })
  }
  return {
    jar,
    open: (url: string) => send('GET', url),
    send,
    submit,
    page: () => page,
    at: () => at,
    status: () => status,
    headers: () => headers,
    fault: () => decode(/<p class="fault" role="alert">([^<]*)/.exec(page)?.[1] ?? '')
  }
}

const pathOf = (url: string) => new URL(url).pathname + new URL(url).search

t.test('every sentence is there in seven languages with the same places to fill', async (t) => {
  const places = (text: string) =>
    [...text.matchAll(/\{\w+\}/g)]
      .map(([place]) => place)
      .sort()
      .join()
  for (const key of messageKeys) {
    for (const language of languages) {
      const text = say(language, key)
      t.ok(text.trim().length > 0 && places(text) === places(say('en', key)), `${key} ${language}`)
    }
  }
})

t.test('pages without scripts', async (t) => {
  const gateway = await openGateway(t)
  const { app, ctx, clock } = gateway

  await t.test('the first administrator: link, password, authenticator, recovery codes, account, out and in again', async (t) => {
    const link = await createAdmin(ctx, {
      email: 'first@commission.example',
      displayName: '李 "首"',
      roles: ['commission-admin'],
      organisation: { nameZh: '委员会<b>' }
    })
    const person = plainBrowser(app, 'zh-CN,zh;q=0.9')
    await person.open(pathOf(link.url))
    t.match(person.page(), /<html lang="zh" dir="ltr">/)
    t.match(person.page(), /委员会&lt;b&gt;/)
    t.match(person.headers()['content-security-policy'], /default-src 'none'; style-src 'self'/)
    t.equal(person.headers()['cache-control'], 'no-store')
    t.match(String(person.headers()['referrer-policy']), /no-referrer/)

    await person.submit({ password: goodPassword, again: 'something else' })
    t.equal(person.status(), 400)
    t.equal(person.fault(), say('zh', 'passwordsDiffer'))
    await person.submit({ password: 'short', again: 'short' })
    t.equal(person.fault(), say('zh', 'passwordWeak'))
    await person.submit({ password: goodPassword, again: goodPassword })
    t.equal(person.at(), '/sign-in/enrol')
    const secret = (/<code class="key">([^<]+)/.exec(person.page())?.[1] ?? '').replaceAll(' ', '')
    t.match(person.page(), /href="otpauth:\/\/totp\//)
    await person.submit({ code: '000000' })
    t.equal(person.fault(), say('zh', 'codeRefused'))
    await person.submit({ code: codeAt(secret, clock) })
    t.equal([...person.page().matchAll(/<li>[0-9a-f]{5}(-[0-9a-f]{5}){3}<\/li>/g)].length, 10)

    await person.open('/')
    t.equal(person.at(), '/account')
    t.match(person.page(), /李 &quot;首&quot;/)
    await person.submit({})
    t.equal(person.at(), '/sign-in')
    await person.open('/account')
    t.equal(person.at(), '/sign-in')

    clock.advance({ minutes: 1 })
    await person.submit({ email: 'first@commission.example', password: goodPassword })
    t.equal(person.at(), '/sign-in/code')
    await person.submit({ code: codeAt(secret, clock) })
    t.equal(person.at(), '/account')
  })

  await t.test('a reset link sets a password and leads to signing in', async (t) => {
    const intake = await staffMember(gateway, ['intake'])
    const { person: admin } = await verifiedOrganisation(gateway, intake, chineseFirm)
    const member = await colleague(gateway, admin, { email: 'li@qingquan.example', roles: ['member'] })
    const { body } = await admin.post(`/v1/users/${member.id}/reset-link`)
    const person = plainBrowser(app, 'fr')
    await person.open(pathOf(body.url))
    t.match(person.page(), /li@qingquan\.example/)
    await person.submit({ password: 'une maison bleue sur la colline', again: 'une maison bleue sur la colline' })
    t.equal(person.at(), '/sign-in?set=1')
    t.ok(person.page().includes(say('fr', 'passwordSet')))
    await person.submit({ email: 'li@qingquan.example', password: 'une maison bleue sur la colline' })
    t.equal(person.at(), '/account')
    await person.open(pathOf(body.url))
    t.equal(person.status(), 410)
    t.equal(person.fault(), say('fr', 'linkUnusable'))
  })

  await t.test('faults are sentences in the reader’s language, and a lock is told with its seconds', async (t) => {
    const person = plainBrowser(app, 'ru')
    await person.open('/sign-in')
    for (let attempt = 0; attempt < 5; attempt++) await person.submit({ email: 'nobody@x.example', password: 'guess' })
    t.equal(person.status(), 401)
    t.equal(person.fault(), say('ru', 'refused'))
    await person.submit({ email: 'nobody@x.example', password: 'guess' })
    t.equal(person.status(), 429)
    t.equal(person.fault(), say('ru', 'exhausted', { seconds: 30 }))
    t.match(person.page(), /value="nobody@x\.example"/, 'what was typed stays, but the password')
    t.notMatch(person.page(), /guess/)
  })

  await t.test('a form that is not ours is refused, whoever sends it', async (t) => {
    const person = plainBrowser(app)
    await person.open('/sign-in')
    await person.submit({ csrf: 'made up', email: 'first@commission.example', password: goodPassword })
    t.equal(person.status(), 403)
    person.jar.delete('siku-form')
    await person.submit({ email: 'first@commission.example', password: goodPassword })
    t.equal(person.status(), 403)
    const cross = await app.inject({
      method: 'POST',
      url: '/sign-in',
      payload: 'email=a',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' }
    })
    t.equal(cross.statusCode, 403)
    t.match(cross.headers['content-type'], /text\/html/)
    for (const [type, payload] of [
      ['text/plain', 'x'],
      ['application/json', '{"email":{"a":1},"csrf":[]}'],
      ['application/x-www-form-urlencoded', 'a='.repeat(20_000)],
      ['application/x-www-form-urlencoded', 'email=%00&email=%FF&csrf=%']
    ] as const) {
      const answer = await app.inject({ method: 'POST', url: '/sign-in', payload, headers: { 'content-type': type } })
      t.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${type} ${answer.statusCode}`)
    }
  })

  await t.test('Arabic is written from right to left, and a chosen language goes along', async (t) => {
    const person = plainBrowser(app)
    await person.open('/sign-in?lang=ar')
    t.match(person.page(), /<html lang="ar" dir="rtl">/)
    await person.submit({ email: '', password: '' })
    t.equal(person.fault(), say('ar', 'fieldsMissing'))
    t.match(person.at(), /lang=ar/)
    for (const label of person.page().matchAll(/<label for="([^"]+)">([^<]+)/g))
      t.match(person.page(), new RegExp(`<input id="${label[1]}"`))
    t.match(person.page(), /href="\/sign-in\?lang=pt"/)
    t.notMatch(person.page(), /<script|style="|onclick/)
    t.equal((await app.inject('/pages/style.css')).statusCode, 200)
  })
})
