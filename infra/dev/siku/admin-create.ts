import { findLanguage, languages, roles, staffRoles, type Role } from '@siku/contracts'
import { createAdmin } from '@siku/gateway'
import { accountContext } from './account-context.ts'
import { defineCommand, jsonOption, usageError } from './command.ts'
import { openDatabase } from './open-database.ts'

const seatable: readonly Role[] = [...staffRoles, 'operator']

export const command = defineCommand({
  summary: 'Makes a one-time link with which an administrator sets a password; it works once, for a day',
  more: 'The organisation is the commission or district that seats staff; it is made on first use.',
  options: {
    email: { type: 'string', value: 'ADDRESS', description: 'Address to sign in with', required: true },
    name: { type: 'string', description: 'Name as others see it', required: true },
    organisation: { type: 'string', description: 'Name of the organisation; by default 北京市科学技术委员会' },
    role: {
      type: 'string',
      multiple: true,
      value: 'ROLE',
      description: `One of ${seatable.join(', ')}; commission-admin and operator unless given`
    },
    language: { type: 'string', value: 'CODE', description: `One of ${languages.join(', ')}; zh unless given` },
    json: jsonOption
  },
  run: async ({ values, opened, log, out }) => {
    const { email = '', name: displayName = '', organisation = '北京市科学技术委员会' } = values
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) throw usageError(`--email takes an address such as li@example.org; '${email}' is none.`)
    const asked = rolesOf(values.role)
    const language = values.language === undefined ? undefined : findLanguage(values.language)
    if (values.language !== undefined && language === undefined)
      throw usageError(`--language takes one of ${languages.join(', ')}; '${values.language}' is none of them.`)
    const here = await openDatabase({ opened })
    const link = await createAdmin(accountContext({ log }, here), {
      email,
      displayName,
      organisation: { nameZh: organisation },
      ...(asked ? { roles: asked } : {}),
      ...(language ? { language } : {})
    })
    if (values.json) return out(JSON.stringify({ url: link.url, expiresAt: link.expiresAt }))
    out(`Give ${displayName} this link; it works once, until ${link.expiresAt}:`)
    out(link.url)
  }
})

function rolesOf(asked: string[] | undefined): Role[] | undefined {
  const wrong = asked?.find((role) => !(seatable as readonly string[]).includes(role))
  if (wrong === undefined) return asked as Role[] | undefined
  const why = (roles as readonly string[]).includes(wrong)
    ? 'is no role of staff; such people are invited by their organisation'
    : 'is no role'
  throw usageError(`--role '${wrong}' ${why}. There are: ${seatable.join(', ')}.`)
}
