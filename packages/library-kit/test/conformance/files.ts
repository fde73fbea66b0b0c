import { fileConfidentialities } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const megabyte = 1024 * 1024

export const fileCases: Cases = (t, bench) => {
  const { call, create, upload, publishNext, author, stranger, counts, table } = bench
  const add = (id: string, bytes: Buffer, query: Record<string, string> = {}) =>
    upload(id, { bytes, query: { name: '说明书.pdf', title: '说明书', ...query } })

  t.test('the type is read from the bytes, whatever the name says', async (t) => {
    const { id } = await create()
    const kept: [string, Buffer, string][] = [
      ['x.txt', pdf, 'application/pdf'],
      ['x.pdf', png, 'image/png'],
      ['x.pdf', Buffer.from('名称,值\n甲,1'), 'text/plain'],
      ['表.CSV', Buffer.from('名称,值\n甲,1'), 'text/csv']
    ]
    for (const [name, bytes, mediaType] of kept)
      t.match((await add(id, bytes, { name })).body, { name, mediaType, size: bytes.length, sha256: /^[0-9a-f]{64}$/ })
    const before = await counts()
    const refused: [string, Buffer][] = [
      ['html', Buffer.from('<!doctype html><script>1</script>')],
      ['html behind a byte order mark', Buffer.from('\ufeff \n<html>')],
      ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['xml', Buffer.from('<?xml version="1.0"?><svg/>')],
      ['exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
      ['zip', Buffer.from('504b0304140000000000', 'hex')],
      ['gif', Buffer.from('GIF89a\x01\x00\x01\x00')],
      ['noise', Buffer.from([0xff, 0xfe, 0x80, 0x81])],
      ['text with NUL', Buffer.from('a\0b')]
    ]
    for (const [what, bytes] of refused) {
      for (const name of ['x.pdf', 'x.csv']) t.match((await add(id, bytes, { name })).body, { status: 415, code: /FILE_TYPE/ }, what)
    }
    t.same(await counts(), before)
  })

  t.test('empty files, files beyond 25 MB, other content types and more than fifty are refused', async (t) => {
    const { id } = await create()
    const before = await counts()
    t.match((await add(id, Buffer.alloc(0))).body, { status: 422, code: 'SIKU_LIBRARY_FILE_REFUSED' })
    t.match((await add(id, Buffer.concat([pdf, Buffer.alloc(25 * megabyte)]))).body, { status: 413 })
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/pdf']) {
      const query = new URLSearchParams({ name: 'x', title: 'x', confidentiality: 'public' })
      t.match(
        (
          await call({
            actor: author,
            method: 'POST',
            path: `/${id}/files?${query}`,
            body: Buffer.from('{"a":1}'),
            headers: { 'content-type': type }
          })
        ).body,
        { status: 415 },
        type
      )
    }
    for (const [query, pointer] of [
      [{ confidentiality: 'secret' }, '/query/confidentiality'],
      [{ name: '' }, '/query/name'],
      [{ size: '1' }, '/query/size']
    ] as const) {
      t.match((await add(id, pdf, query)).body, { status: 400, errors: [{ pointer }] })
    }
    t.same(await counts(), before)
    await bench.change(sql`insert into ${table('file')} (id, record_id, title, name, media_type, size, sha256,
      confidentiality, ordinal, added_version, added_by, added_at)
      select gen_random_uuid(), ${id}::uuid, 'x', 'x', 'text/plain', 1, 'x', 'public', n, 1, 'x', now() from generate_series(1, 50) n`)
    t.match((await add(id, pdf)).body, { status: 422, detail: /50/ })
  })

  t.test('a file of the full 25 MB is taken', async (t) => {
    const { id } = await create()
    t.match((await add(id, Buffer.concat([pdf, Buffer.alloc(25 * megabyte - pdf.length)]))).body, { size: 25 * megabyte })
  })

  t.test('a file of several pieces comes back byte for byte, as an attachment that no browser opens', async (t) => {
    const { id } = await create()
    const bytes = Buffer.concat([pdf, Buffer.alloc(3 * megabyte - 7, 'abc')])
    const added = await add(id, bytes, { name: "it's (1)*.pdf", personal: 'true', language: 'zh' })
    t.match(added.body, { size: bytes.length, personal: true, language: 'zh' })
    const answer = await call({ actor: author, path: `/${id}/files/${added.body.id}` })
    t.equal(Buffer.compare(answer.bytes, bytes), 0)
    t.match(answer.headers, {
      'content-type': 'application/pdf',
      'content-disposition': "attachment; filename*=UTF-8''it%27s%20%281%29%2A.pdf",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store'
    })
    t.match(answer.headers['content-security-policy'], "default-src 'none'")
  })

  t.test('each class of file is read by those it is for, and by nobody before the record is published', async (t) => {
    const record = await create()
    const files = new Map<string, string>()
    for (const confidentiality of fileConfidentialities)
      files.set(confidentiality, (await add(record.id, pdf, { confidentiality, title: confidentiality })).body.id)
    const pending = person({ roles: [bench.fixture.role], verified: false })
    const classesFor = async (actor: typeof author) => {
      const list = await call({ actor, path: `/${record.id}/files` })
      if (list.status === 404) return undefined
      const listed = list.body.data.map((file: { title: string }) => file.title)
      for (const [title, fileId] of files) {
        t.equal(
          (await call({ actor, path: `/${record.id}/files/${fileId}` })).status,
          listed.includes(title) ? 200 : 404,
          `${title} is read as it is listed`
        )
      }
      return listed
    }
    for (const actor of [stranger, outside.anonymous, pending]) t.equal(await classesFor(actor), undefined)
    await publishNext(record)
    t.same(await classesFor(outside.anonymous), ['public'])
    t.same(await classesFor(pending), ['public'])
    t.same(await classesFor(stranger), ['public', 'network'])
    for (const actor of [author, colleagueOf(author), staff.reviewer]) t.same(await classesFor(actor), [...fileConfidentialities])
  })
}
