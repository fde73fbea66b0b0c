export const root: string
export function typescriptArguments(file: string, args?: string[]): string[]
export function runTypeScript(file: string, args?: string[]): Promise<number>
