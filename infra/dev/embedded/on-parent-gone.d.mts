export function onParentGone(onGone: () => void, options?: { parent?: number; alsoGrandparent?: boolean }): void
