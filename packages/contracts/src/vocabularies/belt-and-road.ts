import type { CountryCodeKnown } from './countries.ts'

type Precision = 'day' | 'month' | 'year'

/** One cooperation document. `from` and `to` are ISO 8601 dates of the precision that is known: 2019-03-23, 2018-09, 2018. */
export type CooperationDocument = {
  readonly country: CountryCodeKnown
  readonly status: 'signed' | 'withdrawn'
  readonly from: string
  readonly precision: Precision
  readonly to?: string
  readonly source: string
}

const portal = '中国一带一路网，已同中国签订共建“一带一路”合作文件的国家一览'
const forum2017 = '首届“一带一路”国际合作高峰论坛成果清单，2017年5月'
const forum2019 = '第二届“一带一路”国际合作高峰论坛成果清单，2019年4月'

const precisionOf = (date: string): Precision => (date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day')

const signed = (from: string, codes: readonly CountryCodeKnown[], source = portal): CooperationDocument[] =>
  codes.map((code) => ({ country: code, status: 'signed', from, precision: precisionOf(from), source }))

const withdrawn = (from: string, to: string, code: CountryCodeKnown, source: string): CooperationDocument =>
  ({ country: code, status: 'withdrawn', from, precision: precisionOf(from), to, source })

/**
 * Countries with a cooperation document, compiled from public knowledge and not checked row by row against the portal, which is named
 * as the place to check. Membership agrees with its published count of 152 (June 2023); for many rows only the year of signing is known.
 */
export const beltAndRoad = {
  edition: '2026-11',
  source: `据公开信息整理，尚未与“${portal}”逐条核对；2023年6月以后以双方政府公告为准`,
  documents: [
    ...signed('2014', ['BY', 'KG', 'KW', 'KZ', 'QA', 'TH']),
    ...signed('2015', ['AM', 'AZ', 'GE', 'IQ', 'MK', 'RO', 'RU', 'TJ', 'ZA']),
    ...signed('2015-06', ['HU', 'UZ']),
    ...signed('2015-10', ['KR']),
    ...signed('2015-11', ['BG', 'CZ', 'PL', 'RS', 'SK', 'TR']),
    ...signed('2016', ['AF', 'IR']),
    ...signed('2016-01', ['EG', 'SA']),
    ...signed('2016-09', ['LA']),
    ...signed('2016-10', ['BD', 'KH']),
    ...signed('2016-11', ['LV']),
    ...signed('2017', ['BN', 'LB', 'LK', 'MD', 'UA']),
    ...signed('2017-03', ['MG', 'NZ']),
    ...signed('2017-05', ['AL', 'BA', 'HR', 'ME', 'MM', 'MN', 'MY', 'NP', 'PK', 'SG', 'TL'], forum2017),
    ...signed('2017-11', ['EE', 'LT', 'MA', 'SI', 'VN']),
    ...signed('2017-12', ['MV']),
    // Most African documents of 2018 were signed around the Beijing summit of September.
    ...signed('2018', ['AO', 'BI', 'CG', 'CI', 'CM', 'CV', 'DJ', 'DZ', 'ET', 'GA', 'GH', 'GM', 'GN', 'KE', 'LY', 'MR', 'MZ', 'NA']),
    ...signed('2018', ['NG', 'RW', 'SC', 'SD', 'SL', 'SN', 'SO', 'SS', 'TD', 'TG', 'TN', 'TZ', 'UG', 'ZM', 'ZW']),
    ...signed('2018', ['AG', 'CK', 'DM', 'FJ', 'FM', 'GD', 'GY', 'NU', 'SR', 'TO', 'VU', 'WS']),
    ...signed('2018-04', ['AT']),
    ...signed('2018-05', ['OM', 'TT']),
    ...signed('2018-06', ['BO', 'PG']),
    ...signed('2018-07', ['AE', 'BH']),
    ...signed('2018-08', ['GR', 'UY']),
    ...signed('2018-09', ['CR', 'VE']),
    ...signed('2018-10', ['ID']),
    ...signed('2018-11', ['CL', 'CU', 'DO', 'MT', 'PH', 'SV']),
    ...signed('2018-12', ['EC', 'PT']),
    ...signed('2019', ['BB', 'BJ', 'KM', 'LS', 'ML', 'NE']),
    ...signed('2019', ['CY', 'GQ', 'LR', 'YE'], forum2019),
    ...signed('2019-03', ['LU'], forum2019),
    ...signed('2019-04', ['JM', 'PE'], forum2019),
    ...signed('2019-10', ['SB']),
    ...signed('2020-01', ['KI']),
    ...signed('2021-01', ['BW', 'CD']),
    ...signed('2021', ['BF', 'CF', 'ER', 'GW', 'ST']),
    ...signed('2022-01', ['NI', 'SY']),
    ...signed('2022-02-06', ['AR'], '中华人民共和国和阿根廷共和国联合声明，2022年2月6日'),
    ...signed('2022-03', ['MW']),
    ...signed('2022-12', ['PS']),
    ...signed('2023-01', ['TM']),
    ...signed('2023-06', ['HN']),
    ...signed('2023-12', ['JO']),
    ...signed('2024-03', ['NR'], '中华人民共和国和瑙鲁共和国联合声明，2024年3月'),
    ...signed('2025-05-14', ['CO'], '中华人民共和国政府与哥伦比亚共和国政府合作规划，2025年5月14日'),
    withdrawn('2017-11', '2025-02', 'PA', 'Notice of the Government of Panama, February 2025: not to be renewed'),
    withdrawn('2019-03-23', '2023-12', 'IT', 'Notice of the Government of Italy, December 2023: not to be renewed')
  ] as readonly CooperationDocument[]
}

// A reduced date counts only once its whole period is over, so that membership is never claimed before it is certain.
const hasBegun = (from: string, onDate: string): boolean => (from.length === 10 ? from <= onDate : from < onDate.slice(0, from.length))
const hasEnded = (to: string, onDate: string): boolean => to <= onDate.slice(0, to.length)

/** Whether the country certainly had a document in force on a day, YYYY-MM-DD. */
export function isPartnerCountry(country: string, onDate: string): boolean {
  return beltAndRoad.documents.some(
    ({ country: signatory, from, to }) =>
      signatory === country && hasBegun(from, onDate) && (to === undefined || !hasEnded(to, onDate))
  )
}
