/** Size of the harness runs: 1 for every change, 10 for the nightly sizes. */
export const scale = Math.max(1, Number(process.env.SIKU_SCALE ?? '1'))
