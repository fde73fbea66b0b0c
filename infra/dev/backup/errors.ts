export type BackupErrorCode =
  | 'SIKU_BACKUP_NOT_EMBEDDED'
  | 'SIKU_BACKUP_RUNNING'
  | 'SIKU_BACKUP_TARGET_IN_USE'
  | 'SIKU_BACKUP_TABLESPACES'
  | 'SIKU_BACKUP_LOG_GONE'
  | 'SIKU_BACKUP_NOT_ONE'
  | 'SIKU_BACKUP_DAMAGED'
  | 'SIKU_BACKUP_NEWER'
  | 'SIKU_BACKUP_OTHER_SECRET'
  | 'SIKU_BACKUP_INCOMPLETE'

export class BackupError extends Error {
  readonly code: BackupErrorCode

  constructor(code: BackupErrorCode, message: string) {
    super(message)
    this.name = 'BackupError'
    this.code = code
  }
}
