const offsetMs = 8 * 3_600_000

/** The calendar day in Asia/Shanghai, YYYY-MM-DD, in which all periods are counted. */
export const shanghaiDay = (at: Date): string => new Date(at.getTime() + offsetMs).toISOString().slice(0, 10)
