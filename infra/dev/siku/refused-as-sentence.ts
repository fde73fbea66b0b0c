import { LearningError } from '@siku/matching'
import { CommandError } from './command.ts'

/** What the service refuses is told as a sentence, not as a fault of the command. */
export async function refusedAsSentence<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LearningError) throw new CommandError('SIKU_COMMAND_WEIGHTS', `${error.message}.`)
    throw error
  }
}
