import { larkfieldJobs } from './larkfield-jobs.ts'
import { type AccountPlan, job } from './plan.ts'

/** The accounts that a fresh sandbox has: a large one, its sister, a small one, an empty one and a suspended one. */
export const accountPlans: readonly AccountPlan[] = [
  {
    subdomain: 'larkfield',
    name: 'Larkfield Logistics',
    summary: 'Warehouses, lorries and customs around the North Sea.',
    members: [
      {
        name: 'Mariana Oyelaran-Whitcombe',
        email: 'mariana@larkfield.example',
        role: 'admin',
        headline: 'Head of Talent',
      },
      {
        name: 'Jonas Fairweather',
        email: 'jonas@larkfield.example',
        role: 'simple',
        headline: 'Recruiter, Transport',
      },
      {
        name: 'Priya Raghunathan',
        email: 'priya@larkfield.example',
        role: 'simple',
        headline: 'Recruiter, Compliance and Engineering',
      },
      { name: 'Søren Ångström', email: 'soren@larkfield.example', role: 'admin', headline: 'Systems' },
      {
        name: 'Małgorzata Wiśniewska',
        email: 'malgorzata@larkfield.example',
        role: 'simple',
        headline: 'Recruiter, Poland',
      },
      {
        name: 'Dirk van der Meulen',
        email: 'dirk@larkfield.example',
        role: 'reviewer',
        headline: 'Site manager, Rotterdam',
      },
      {
        name: 'Aoife Ní Bhriain',
        email: 'aoife@larkfield.example',
        role: 'reviewer',
        headline: 'Transport manager',
      },
      { name: 'Hans-Jürgen Groß', email: 'hans-juergen@larkfield.example', role: 'reviewer' },
      { name: 'Beatrix Langley', email: 'beatrix@larkfield.example', role: 'simple', inactive: true },
    ],
    jobs: larkfieldJobs,
    deadTokens: [
      { name: 'Careers site', end: 'expired' },
      { name: 'Spreadsheet trial', end: 'revoked' },
    ],
  },
  {
    subdomain: 'larkfield-nl',
    name: 'Larkfield Nederland B.V.',
    summary: null,
    members: [
      { name: 'Anneke de Wit', email: 'anneke@larkfield-nl.example', role: 'admin', headline: 'HR-manager' },
      {
        name: 'Mariana Oyelaran-Whitcombe',
        email: 'mariana@larkfield.example',
        role: 'admin',
        headline: 'Head of Talent',
      },
      { name: 'Youssef El Amrani', email: 'youssef@larkfield-nl.example', role: 'simple' },
    ],
    jobs: [
      job('Magazijnmedewerker', 'NL-101', 'Logistiek', 'venlo', 120, 48),
      job('Chauffeur CE', 'NL-102', 'Logistiek', 'rotterdam', 95, 36),
      job('Declarant douane', 'NL-103', 'Douane', 'schiphol', 60, 14),
      job('Teamleider nachtdienst', 'NL-104', 'Logistiek', 'rotterdam', 25, 9),
      job('Salarisadministrateur', 'NL-105', null, 'rotterdam', 8, 4, { workplace: 'hybrid' }),
      job('Stagiair marketing', null, null, 'rotterdam', 300, 12, { state: 'closed' }),
    ],
  },
  {
    subdomain: 'acme',
    name: 'Acme',
    summary: 'Anvils and other heavy goods.',
    members: [
      { name: 'Grace Adeyemi', email: 'grace@acme.example', role: 'admin' },
      { name: 'Tomás Ó Súilleabháin', email: 'tomas@acme.example', role: 'simple' },
      { name: 'Lin Xiaoyu', email: 'lin@acme.example', role: 'reviewer' },
    ],
    jobs: [
      job('Account Executive', 'GB/09/AE', 'Sales', 'london', 140, 22),
      job('Product Designer', null, 'Product', 'london', 50, 17, { workplace: 'remote' }),
      job('Office Manager', 'GB/12/OM', null, 'london', 20, 6),
    ],
  },
  {
    subdomain: 'quietwater',
    name: 'Quietwater Bakery',
    summary: null,
    members: [{ name: 'Ines Carvalho', email: 'ines@quietwater.example', role: 'admin' }],
    jobs: [],
  },
  {
    subdomain: 'dunmore',
    name: 'Dunmore Textiles',
    summary: null,
    suspended: true,
    members: [{ name: 'Fergus Dunmore', email: 'fergus@dunmore.example', role: 'admin' }],
    jobs: [job('Loom Technician', 'DT-1', null, 'london', 500, 5)],
  },
]
