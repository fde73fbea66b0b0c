import { Type, type Static, type TSchema } from 'typebox'

/** A closed list of codes; unknown codes are refused with the list of the right ones. */
export const CodeOf = <const C extends readonly string[]>(codes: C, description?: string) =>
  Type.Unsafe<C[number]>({ type: 'string', enum: [...codes], ...(description === undefined ? {} : { description }) })

/** Free text, limited in Unicode code points. NUL and lone surrogates are refused at the door for every string alike. */
export const Text = (max: number, description?: string) =>
  Type.String({ minLength: 1, maxLength: max, ...(description === undefined ? {} : { description }) })

export const ListOf = <T extends TSchema>(item: T, max: number, description?: string) =>
  Type.Array(item, { maxItems: max, ...(description === undefined ? {} : { description }) })

export const CodesOf = <const C extends readonly string[]>(codes: C, max = codes.length, description?: string) =>
  Type.Array(CodeOf(codes), { maxItems: max, uniqueItems: true, ...(description === undefined ? {} : { description }) })

/** An object that refuses fields it does not know. */
export const Closed = <P extends Record<string, TSchema>>(properties: P, options: Record<string, unknown> = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const Uuid = Type.String({ format: 'uuid', description: 'UUID (version 7 where we make it)' })
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2 code', examples: ['KZ'] })
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code', examples: ['CNY'] })
export const Day = Type.String({ format: 'date', description: 'Calendar day, YYYY-MM-DD, counted in Asia/Shanghai' })
export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339 instant in UTC' })
export const UcumUnit = Type.String({ minLength: 1, maxLength: 32, description: 'UCUM unit code', examples: ['kW', 'm3/d'] })
export const DigitCode = Type.String({ pattern: '^[0-9]{1,16}$', description: 'Digits kept as a string: leading zeros are significant' })

export const Money = Closed({
  amountMinor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Amount in the minor unit of the currency' }),
  currency: CurrencyCode
})
export type Money = Static<typeof Money>

export const Quantity = Closed({
  parameter: Text(200, 'What is measured'),
  value: Type.Number({ description: 'Value, or lower end of a range' }),
  valueMax: Type.Optional(Type.Number({ description: 'Upper end of a range' })),
  unit: UcumUnit,
  testCondition: Type.Optional(Text(500)),
  standard: Type.Optional(Text(200)),
  evidence: Type.Optional(Text(500))
})
export type Quantity = Static<typeof Quantity>

/** Marks who may see a field; what is not marked is public text. Projection and canary tests read it. */
export const fieldClasses = ['public', 'confidential', 'contact', 'review', 'internal'] as const
export type FieldClass = (typeof fieldClasses)[number]
export const classOf = <T extends TSchema>(fieldClass: FieldClass, schema: T): T => ({ ...schema, 'x-class': fieldClass })
