import postgres from 'postgres'
import { queueRole, serviceRoleNames } from '../../installation/migrations.ts'
import { passwordsFrom } from '../../installation/secrets.ts'
import type { Here } from '../open-database.ts'
import type { Finding, Role } from './report.ts'

type Row = { name: string; super: boolean; bypass: boolean; creates: boolean; owned: number }

/** A login of a service owns nothing, bypasses nothing, and gets in with the password that follows from the secret. */
export async function examineRoles({ owner, secret, urls }: Here): Promise<Role[]> {
  const names = [...serviceRoleNames, queueRole]
  const rows = await owner<Row[]>`
    select rolname as name, rolsuper as super, rolbypassrls as bypass, rolcreaterole or rolcreatedb as creates,
      (select count(*)::int from pg_class where relowner = r.oid) as owned
    from pg_roles r where rolname = any (${names})`
  const passwordOf = passwordsFrom(secret)
  const roles: Role[] = []
  for (const name of names) {
    const row = rows.find((one) => one.name === name)
    const isUnsafe = row !== undefined && (row.super || row.bypass || row.creates || row.owned > 0)
    const state =
      row === undefined ? 'missing' : isUnsafe ? 'unsafe' : (await letsIn(urls.owner, name, passwordOf(name))) ? 'safe' : 'locked-out'
    roles.push({ name, state })
  }
  return roles
}

async function letsIn(ownerUrl: string, role: string, password: string): Promise<boolean> {
  const url = new URL(ownerUrl)
  url.username = role
  url.password = password
  const client = postgres(url.href, { max: 1, onnotice: () => undefined, connect_timeout: 10, fetch_types: false })
  try {
    await client`select 1`
    return true
  } catch (error) {
    if (!['28P01', '28000', '42501'].includes((error as { code?: string }).code ?? '')) throw error
    return false
  } finally {
    await client.end({ timeout: 5 })
  }
}

const wrongs: Record<Exclude<Role['state'], 'safe'>, { wrong: string; remedy: string }> = {
  missing: { wrong: 'are missing', remedy: 'npm run siku -- migrate' },
  unsafe: {
    wrong: 'may do more than they should: each must own nothing and bypass nothing, and no service starts with such a login',
    remedy: 'alter role … nosuperuser nobypassrls nocreatedb nocreaterole, and give what it owns back to the owner.'
  },
  'locked-out': {
    wrong: 'do not get in with the password that follows from the secret',
    remedy: 'Give Siku the SIKU_SECRET of this database; `npm run siku -- migrate` sets the passwords anew.'
  }
}

export function roleFindings(roles: readonly Role[]): Finding[] {
  return (Object.keys(wrongs) as (keyof typeof wrongs)[]).flatMap((state) => {
    const names = roles.filter((role) => role.state === state).map(({ name }) => name)
    return names.length === 0
      ? []
      : [{ about: 'roles', wrong: `${names.join(', ')} ${wrongs[state].wrong}.`, remedy: wrongs[state].remedy }]
  })
}
