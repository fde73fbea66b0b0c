/** The part of a tap test the tools here need. */
export type Teardown = { teardown: (end: () => unknown) => void }
