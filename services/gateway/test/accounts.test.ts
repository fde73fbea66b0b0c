import { sql } from 'drizzle-orm'
import t from 'tap'
import { creditCodeFault } from '../src/accounts/credit-code.ts'
import {
  browser,
  chineseFirm,
  embassy,
  goodPassword,
  openGateway,
  rowsOf,
  staffMember,
  tokenOf,
  verifiedOrganisation
} from './gateway-fixture.ts'

t.test('a unified social credit code is right only with its check character', async (t) => {
  t.equal(creditCodeFault('91110108551385082Q'), undefined)
  t.match(creditCodeFault('91110108551385082R'), /check character/)
  t.match(creditCodeFault('9111010855138508'), /18 characters; this one has 16/)
  t.match(creditCodeFault('9111010855I385082Q'), /without I, O, S, V, Z; this one has I/)
})

t.test('an organisation’s life at the door', async (t) => {
  const gateway = await openGateway(t)
  const { app, clock } = gateway
  const intake = await staffMember(gateway, ['intake'])
  const visitor = browser(app)

  await t.test('an application is answered the same whoever applies, and nobody can sign in with it yet', async (t) => {
    const answer = await visitor.post('/v1/organisations', chineseFirm)
    t.equal(answer.status, 202)
    t.same(Object.keys(answer.body).sort(), ['id', 'state'])
    const again = await visitor.post('/v1/organisations', chineseFirm)
    t.equal(again.status, 202)
    await intake.post(`/v1/organisations/${again.body.id}/refuse`, { reason: '重复申请' })
    t.equal((await visitor.post('/v1/session', { email: 'wang@qingquan.example', password: goodPassword })).status, 401)
  })

  await t.test('what is missing is named with its pointer', async (t) => {
    const { creditCode: _code, ...withoutCode } = chineseFirm
    const refused = await visitor.post('/v1/organisations', withoutCode)
    t.equal(refused.status, 400)
    t.equal(refused.body.errors[0].pointer, '/creditCode')
    const wrong = await visitor.post('/v1/organisations', { ...chineseFirm, creditCode: '91110108551385082R' })
    t.match(wrong.body, { status: 400, code: 'SIKU_GATEWAY_CREDIT_CODE_WRONG', errors: [{ pointer: '/creditCode' }] })
    const { noteReference: _note, ...withoutNote } = embassy
    t.match((await visitor.post('/v1/organisations', withoutNote)).body, { status: 400, errors: [{ pointer: '/noteReference' }] })
    t.match((await visitor.post('/v1/organisations', { ...embassy, seatsStaff: true })).body, {
      status: 400,
      errors: [{ pointer: '/seatsStaff' }]
    })
  })

  await t.test('intake verifies, the applicant signs up by the link, and the link works once', async (t) => {
    const pending = await intake.get('/v1/organisations?state=pending')
    t.equal(pending.body.data.length, 1)
    const [application] = pending.body.data
    t.match(application, { name: '北京清泉水务科技有限公司', applicant: { email: 'wang@qingquan.example' } })

    const verified = await intake.post(`/v1/organisations/${application.id}/verify`)
    t.equal(verified.status, 200)
    const token = tokenOf(verified.body.link.url)
    const weak = await visitor.post('/v1/links/accept', { token, password: 'short' })
    t.match(weak.body, { status: 400, errors: [{ pointer: '/password' }] })

    const person = browser(app)
    const accepted = await person.post('/v1/links/accept', { token, password: goodPassword })
    t.match(accepted, { status: 200, body: { state: 'signed-in' } })
    t.equal((await browser(app).post('/v1/links/accept', { token, password: goodPassword })).status, 410)
    t.match((await person.get('/v1/session')).body.user, {
      email: 'wang@qingquan.example',
      roles: ['org-admin'],
      organisation: { state: 'verified', country: 'CN' }
    })

    t.match(await intake.post(`/v1/organisations/${application.id}/verify`), {
      status: 409,
      body: { code: 'SIKU_GATEWAY_ORGANISATION_NOT_PENDING' }
    })
    const { body } = await intake.get(`/v1/organisations/${application.id}`)
    t.equal(body.applicant, null, 'who applied is kept in the account alone')
    const other = await visitor.post('/v1/organisations', chineseFirm)
    t.match(
      await intake.post(`/v1/organisations/${other.body.id}/verify`, {
        applicant: { email: 'other@qingquan.example', displayName: 'Other' }
      }),
      { status: 409, body: { code: 'SIKU_GATEWAY_CREDIT_CODE_TAKEN' } }
    )
  })

  await t.test('a link that was not used in time is worth nothing', async (t) => {
    const { body } = await visitor.post('/v1/organisations', {
      ...embassy,
      applicant: { ...embassy.applicant, email: 'late@embassy.example' }
    })
    const verified = await intake.post(`/v1/organisations/${body.id}/verify`)
    clock.advance({ days: 15 })
    t.equal((await visitor.post('/v1/links/accept', { token: tokenOf(verified.body.link.url), password: goodPassword })).status, 410)
    clock.advance({ days: -15 })
  })

  await t.test('the commission shuts an organisation out: its sessions end with the next request', async (t) => {
    const admin = await staffMember(gateway, ['commission-admin'])
    const { person, organisationId } = await verifiedOrganisation(gateway, intake, embassy)
    t.equal((await person.get('/v1/session')).body.state, 'signed-in')
    t.equal((await intake.post(`/v1/organisations/${organisationId}/suspend`, { reason: 'on request' })).status, 403)
    t.equal((await admin.post(`/v1/organisations/${organisationId}/suspend`, { reason: 'on request' })).status, 200)
    t.equal((await person.get('/v1/session')).body.state, 'visitor')
    t.equal((await person.post('/v1/session', { email: 'officer@embassy.example', password: goodPassword })).status, 401)
    t.equal((await admin.post(`/v1/organisations/${organisationId}/reinstate`)).status, 200)
    t.equal((await person.get('/v1/session')).body.state, 'signed-in')
  })

  await t.test('every decision left an audit row that names the organisation and no person', async (t) => {
    const rows = await rowsOf(
      gateway.ownerDb,
      sql`select action, detail::text as detail from audit.entry where action like 'organisation.%' order by id`
    )
    t.ok(
      ['organisation.apply', 'organisation.verify', 'organisation.refuse', 'organisation.suspend', 'organisation.reinstate'].every(
        (action) => rows.some((row) => row.action === action)
      )
    )
    t.notOk(rows.some((row) => /example|王芳|Officer/.test(String(row.detail))))
  })
})
