import { serviceActor } from '@siku/contracts'
import { newId } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { organisations } from '../support/people.ts'
import type { Door } from '../support/open-door.ts'
import { absentTarget, type Target } from './objects.ts'

/** An account's successor, beside what every target has. */
export type DoorTarget = Target & { successorId?: string }

const actor = serviceActor('service:gateway', 'place')
const hash = () => randomBytes(32).toString('base64url')

/** People, organisations, keys and sessions in each of their states, of several organisations; each can be had afresh. */
export function doorTargets({ owner, clock }: Door) {
  const now = () => clock.now().toISOString()
  const later = () => new Date(clock.now().getTime() + 3_600_000).toISOString()
  const place = (statement: SQL) => owner.withTx(actor, (tx) => tx.execute(statement))
  const target = (over: Partial<DoorTarget> & Pick<DoorTarget, 'name' | 'id' | 'ownerId' | 'state' | 'fresh'>): DoorTarget => ({
    ...absentTarget(),
    ...over
  })

  const account = async (id: string, organisationId: string, state: string) => {
    const disabledAt = state === 'disabled' ? now() : null
    await place(sql`insert into gateway.account (id, email, display_name, language, organisation_id, roles, state, created_at, disabled_at)
      values (${id}::uuid, ${`${id}@example.org`}, 'A person', 'en', ${organisationId}::uuid, array['member'], ${state}, ${now()}::timestamptz, ${disabledAt}::timestamptz)`)
  }
  const user = async (organisationId: string, state: 'active' | 'disabled'): Promise<DoorTarget> => {
    const [id, successorId] = [newId(), newId()]
    await account(id, organisationId, state)
    await account(successorId, organisationId, 'active')
    return target({
      name: `${state} user of ${nameOf(organisationId)}`,
      id,
      ownerId: organisationId,
      state,
      successorId,
      fresh: () => user(organisationId, state)
    })
  }
  const organisation = async (state: 'pending' | 'verified' | 'suspended' | 'refused'): Promise<DoorTarget> => {
    const id = newId()
    const verifiedAt = state === 'verified' || state === 'suspended' ? now() : null
    await place(sql`insert into gateway.organisation (id, type, name_zh, country, state, verified_at, verified_by, applicant_name, applicant_email, applicant_language, created_at)
      values (${id}::uuid, 'enterprise', '新公司', 'CN', ${state}, ${verifiedAt}::timestamptz, 'place', 'A person', ${`${id}@example.org`}, 'zh', ${now()}::timestamptz)`)
    return target({ name: `${state} organisation`, id, ownerId: id, state, fresh: () => organisation(state) })
  }
  const key = async (organisationId: string, state: 'active' | 'revoked'): Promise<DoorTarget> => {
    const [id, maker] = [newId(), newId()]
    await account(maker, organisationId, 'active')
    await place(sql`insert into gateway.api_key (id, organisation_id, client, prefix, secret_hash, roles, scopes, created_by, created_at, expires_at, revoked_at)
      values (${id}::uuid, ${organisationId}::uuid, ${id}, ${id}, ${hash()}, array['member'], array['matching:read'], ${maker}::uuid, ${now()}::timestamptz, ${later()}::timestamptz,
        ${state === 'revoked' ? now() : null}::timestamptz)`)
    return target({
      name: `${state} key of ${nameOf(organisationId)}`,
      id,
      ownerId: organisationId,
      state,
      fresh: () => key(organisationId, state)
    })
  }
  /** A session belongs to one person: nobody else may end it. */
  const session = async (accountId: string): Promise<DoorTarget> => {
    const id = newId()
    await place(sql`insert into gateway.session (id, account_id, token_hash, stage, opened_by, agent, created_at, last_seen_at, expires_at)
      values (${id}::uuid, ${accountId}::uuid, ${hash()}, 'full', 'password', 'browser', ${now()}::timestamptz, ${now()}::timestamptz, ${later()}::timestamptz)`)
    return target({ name: 'session', id, ownerId: accountId, state: 'open', fresh: () => session(accountId) })
  }
  /** An organisation that people of the matrix belong to; it is read, and never used up. */
  const standing = (of: keyof typeof organisations): DoorTarget => {
    const one: DoorTarget = target({
      name: nameOf(organisations[of].id),
      id: organisations[of].id,
      ownerId: organisations[of].id,
      state: 'verified',
      fresh: async () => one
    })
    return one
  }
  return { user, organisation, key, session, standing }
}

const nameOf = (id: string): string => Object.values(organisations).find((one) => one.id === id)?.name ?? id
