import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { hashToken } from './secrets.ts'

const stepSeconds = 30
const recoveryCodesGiven = 10

export type TotpEnrolment = { secret: string; uri: string }

/** RFC 6238 with what every authenticator understands: SHA-1, six digits, 30 s. */
const totpOf = (secret: string, label = 'Siku') =>
  new TOTP({ issuer: 'Siku', label, algorithm: 'SHA1', digits: 6, period: stepSeconds, secret: Secret.fromBase32(secret) })

/** What the authenticator is told; `secret` where one waits already. */
export function newTotp(email: string, secret = new Secret({ size: 20 }).base32): TotpEnrolment {
  return { secret, uri: totpOf(secret, email).toString() }
}

/**
 * The time step whose code this is, or undefined. One step early or late is taken, for clocks differ; a step at or before `usedStep` is
 * not, for a code works once.
 */
export function totpStepOf(secret: string, code: string, { now, usedStep }: { now: Date; usedStep: number }): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 })
  if (delta === null) return undefined
  const step = Math.floor(now.getTime() / 1000 / stepSeconds) + delta
  return step > usedStep ? step : undefined
}

/** Codes for the day the authenticator is lost: 80 bits each, so that a plain hash keeps them safe. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodesGiven }, () => (randomBytes(10).toString('hex').match(/.{5}/g) ?? []).join('-'))
}

export const hashRecoveryCode = (code: string): string => hashToken(code.toLowerCase().replaceAll(/[^0-9a-f]/g, ''))
