import { testRolePassword } from '@siku/testing'
import { migrateInstallation } from '../installation/migrate-installation.ts'

/** Brings an empty database to the newest schema, with the login roles of every service. */
export async function migrateTemplate(url: string): Promise<void> {
  await migrateInstallation(url, () => testRolePassword)
}
