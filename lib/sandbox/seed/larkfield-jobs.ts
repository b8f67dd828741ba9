import { type JobPlan, job } from './plan.ts'

const draft = { state: 'draft' } as const
const closed = { state: 'closed' } as const
const archived = { state: 'archived' } as const
const remote = { workplace: 'remote' } as const
const hybrid = { workplace: 'hybrid' } as const
const engineering = { pipeline: 'engineering', ...hybrid } as const

/** The 38 jobs of Larkfield Logistics: some equal the demo's positions, some nearly, some not at all. */
export const larkfieldJobs: readonly JobPlan[] = [
  job('Warehouse Operations Manager', 'NL/OPS/009', 'Operations', 'rotterdam', 402, 88, {
    ...closed,
    shortcode: '0C5D18E7A2',
  }),
  job('Accounts Payable Clerk', 'UK/FIN/004', 'Finance', 'london', 390, 41, archived),
  job('Forklift Driver, Early Shift', 'NL/OPS/010', 'Operations', 'venlo', 377, 63, archived),
  job('Key Account Manager, Retail', 'UK/SAL/022', 'Sales', 'london', 351, 37, closed),
  job('HGV Driver Class 1', 'UK/TRN/201', 'Transport', 'felixstowe', 214, 304, { shortcode: 'C40F17E2AA' }),
  job('HGV Driver Class 2', 'UK/TRN/202', 'Transport', 'felixstowe', 214, 58),
  job('Transport Planner', 'UK/TRN/188', 'Transport', 'daventry', 198, 44, hybrid),
  job('Customs Broker', 'NL/CUS/008', 'Compliance', 'venlo', 171, 112, { shortcode: '3B8E02D4F1' }),
  job('Forklift Apprentice, 2027 intake', 'UK/APP/003', 'Operations', 'daventry', 166, 146, {
    shortcode: '5A71B90D3E',
  }),
  job('Transport Apprentice, 2027 intake', 'UK/APP/004', 'Transport', 'felixstowe', 166, 71),
  job('Account Executive, DACH', 'DE/SAL/030', 'Sales', 'munich', 150, 64, {
    ...closed,
    ...hybrid,
    shortcode: 'D91C6A70B3',
  }),
  job('Account Executive, Benelux', 'NL/SAL/031', 'Sales', 'rotterdam', 149, 28, hybrid),
  job('Backend Engineer, Routing and Slot Booking', 'DE/ENG/117', 'Engineering', 'hamburg', 133, 97, {
    ...engineering,
    shortcode: 'E2D9084C71',
  }),
  job('Frontend Engineer, Driver App', 'DE/ENG/118', 'Engineering', 'hamburg', 133, 52, engineering),
  job('Site Reliability Engineer', 'DE/ENG/121', 'Engineering', 'hamburg', 96, 33, {
    ...engineering,
    ...remote,
  }),
  job('Engineering Manager, Planning', 'DE/ENG/125', 'Engineering', 'hamburg', 60, 11, engineering),
  job('Data Analyst, Network Planning', 'PL/ENG/009', 'Engineering', 'gdansk', 58, 39, engineering),
  job('Warehouse Shift Lead', 'NL/OPS/013', 'Operations', 'rotterdam', 92, 47, { shortcode: '41B07F2A9C' }),
  job('Operations Manager, Cold Chain', 'NL/OPS/012', 'Operations', 'venlo', 88, 26, {
    shortcode: 'D20E6619B4',
  }),
  job('Sr. Warehouse Operations Manager (Nights)', 'NL/OPS/014', 'Operations', 'rotterdam', 44, 31, {
    shortcode: '9CD658E13E',
  }),
  job('Night Shift Supervisor', 'NL/OPS/015', 'Operations', 'rotterdam', 41, 19),
  job('Reach Truck Driver', 'UK/OPS/041', 'Operations', 'daventry', 40, 55),
  job('Inventory Controller', 'UK/OPS/042', 'Operations', 'daventry', 38, 24),
  job('Goods-in Clerk', 'PL/OPS/017', 'Operations', 'gdansk', 36, 33),
  job('Health and Safety Adviser', 'UK/OPS/044', 'Operations', 'felixstowe', 33, 14),
  job(
    'Senior Customs & Excise Compliance Specialist for Perishables and Dangerous Goods',
    'NL/CUS/011',
    'Compliance',
    'rotterdam',
    30,
    1,
    {
      shortcode: '7A9930CC15',
    },
  ),
  job('Customs Declarant', 'BE/CUS/002', 'Compliance', 'antwerp', 29, 17),
  job('Dangerous Goods Safety Adviser', 'NL/CUS/012', 'Compliance', 'schiphol', 27, 8),
  job('Trade Compliance Counsel', null, 'Compliance', 'rotterdam', 21, 5, {
    state: 'closed',
    confidential: true,
  }),
  job('People Partner', 'UK/PPL/006', 'People', 'london', 20, 22, { ...hybrid, shortcode: '8F3A5572E0' }),
  job('Talent Sourcer', 'UK/PPL/007', 'People', 'london', 18, 16, remote),
  job('Payroll Specialist', 'NL/FIN/005', 'Finance', 'rotterdam', 17, 13, hybrid),
  job('Financial Controller, Netherlands', 'NL/FIN/006', 'Finance', 'rotterdam', 15, 7, hybrid),
  job('Fleet Maintenance Technician', 'UK/TRN/210', 'Transport', 'felixstowe', 12, 18),
  job('Rail Freight Coordinator', 'DE/TRN/014', 'Transport', 'hamburg', 9, 9),
  job('Senior Customs & Excise Compliance Specialist', 'NL/CUS/013', 'Compliance', 'rotterdam', 6, 0, {
    ...draft,
    shortcode: '6E21B0D9F4',
  }),
  job('Yard Marshal', null, 'Operations', 'felixstowe', 3, 0, draft),
  job('Solutions Engineer, Customer Integrations', 'UK/ENG/130', 'Engineering', 'london', 2, 3, {
    ...engineering,
    ...remote,
  }),
]
