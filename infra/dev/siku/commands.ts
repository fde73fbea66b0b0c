import type { Command } from './command.ts'

export type CommandEntry = { summary: string; load: () => Promise<Command> }

const entry = (summary: string, load: () => Promise<{ command: Command }>): CommandEntry => ({
  summary,
  load: async () => (await load()).command
})

/** Every command, in the order of the help. A file is read only when its command is called: `migrate` must not wait for the thesaurus. */
export const commands: Record<string, CommandEntry> = {
  doctor: entry('Says how everything stands, what is wrong, and what to do', () => import('./doctor.ts')),
  migrate: entry('Brings the database up to date', () => import('./migrate.ts')),
  seed: entry('Loads the invented sample into the daily installation', () => import('./seed.ts')),
  'admin create': entry('Makes a one-time link for an administrator', () => import('./admin-create.ts')),
  'keys list': entry('Lists API keys, without their secrets', () => import('./keys-list.ts')),
  'keys revoke': entry('Ends an API key at once', () => import('./keys-revoke.ts')),
  'keys rotate-signing': entry('Begins a new key for access tokens', () => import('./keys-rotate-signing.ts')),
  'env init': entry('Writes the secrets that docker compose needs', () => import('./env-init.ts')),
  'env print': entry('Lists every setting', () => import('./env-print.ts')),
  reindex: entry('Indexes everything published again', () => import('./reindex.ts')),
  reconcile: entry('Holds index and matches against what is published', () => import('./reconcile.ts')),
  rematch: entry('Matches every demand anew', () => import('./rematch.ts')),
  dossier: entry('Shows the dossier of a demand, or writes it as a page', () => import('./dossier.ts')),
  'audit list': entry('Shows who did what', () => import('./audit-list.ts')),
  'parked list': entry('Shows derived work that was set aside', () => import('./parked-list.ts')),
  'parked redrive': entry('Tries parked work again', () => import('./parked-redrive.ts')),
  'weights list': entry('Lists the weights of the score', () => import('./weights-list.ts')),
  'weights refit': entry('Fits the weights to what people decided', () => import('./weights-refit.ts')),
  'weights promote': entry('Puts weights in force', () => import('./weights-promote.ts')),
  'weights roll-back': entry('Takes the weights in force back', () => import('./weights-roll-back.ts')),
  backup: entry('Copies the embedded installation while it works', () => import('./backup.ts')),
  restore: entry('Makes an installation from a backup', () => import('./restore.ts')),
  'embedder start': entry('Runs a small multilingual embedding model on this machine', () => import('./embedder-start.ts')),
  'embedder status': entry('Says whether the embedder of this machine is installed and runs', () => import('./embedder-status.ts')),
  'embedder stop': entry('Ends the embedder of this machine', () => import('./embedder-stop.ts')),
  eval: entry('Measures the matcher on a judged collection', () => import('./eval.ts')),
  bench: entry('Measures speed beside a reference', () => import('./bench.ts'))
}
