/** The pages of the reports' room. */
export const reportPages = [
  { page: 'day', text: 'rail.reportsDay' },
  { page: 'month', text: 'rail.reportsMonth' },
  { page: 'ratings', text: 'rail.reportsRatings' },
] as const
export type ReportPage = (typeof reportPages)[number]['page']
