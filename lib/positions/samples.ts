export type Sample = { title: string; code: string; department: string; place: string }

const sample = (title: string, code: string, department: string, place: string): Sample => ({
  title,
  code,
  department,
  place,
})

/** Open positions of an invented logistics company, newest first. Many have a job of the same code in the sandbox. */
export const samples: readonly Sample[] = [
  sample(
    'Senior Warehouse Operations Manager, Night Shift',
    'NL/OPS/014',
    'Operations',
    'Rotterdam Maasvlakte',
  ),
  sample('HGV Driver Class 1', 'UK/TRN/201', 'Transport', 'Felixstowe'),
  sample('Customs Broker', 'NL/CUS/008', 'Compliance', 'Venlo'),
  sample(
    'Senior Customs & Excise Compliance Specialist for Perishables and Dangerous Goods',
    'NL/CUS/011',
    'Compliance',
    'Rotterdam Maasvlakte',
  ),
  sample('Backend Engineer, Routing and Slot Booking', 'DE/ENG/117', 'Engineering', 'Hamburg'),
  sample('Forklift Apprentice, 2027 intake', 'UK/APP/003', 'Operations', 'Daventry'),
  sample('Account Executive, DACH', 'DE/SAL/030', 'Sales', 'München'),
  sample('People Partner', 'UK/PPL/006', 'People', 'London'),
  sample('HGV Driver Class 2', 'UK/TRN/202', 'Transport', 'Felixstowe'),
  sample('Transport Planner', 'UK/TRN/188', 'Transport', 'Daventry'),
  sample('Warehouse Shift Lead', 'NL/OPS/013', 'Operations', 'Rotterdam Maasvlakte'),
  sample('Operations Manager, Cold Chain', 'NL/OPS/012', 'Operations', 'Venlo'),
  sample('Frontend Engineer, Driver App', 'DE/ENG/118', 'Engineering', 'Hamburg'),
  sample('Site Reliability Engineer', 'DE/ENG/121', 'Engineering', 'Hamburg'),
  sample('Data Analyst, Network Planning', 'PL/ENG/009', 'Engineering', 'Gdańsk'),
  sample('Account Executive, Benelux', 'NL/SAL/031', 'Sales', 'Rotterdam'),
  sample('Reach Truck Driver', 'UK/OPS/041', 'Operations', 'Daventry'),
  sample('Inventory Controller', 'UK/OPS/042', 'Operations', 'Daventry'),
  sample('Goods-in Clerk', 'PL/OPS/017', 'Operations', 'Gdańsk'),
  sample('Customs Declarant', 'BE/CUS/002', 'Compliance', 'Antwerpen'),
  sample('Payroll Specialist', 'NL/FIN/005', 'Finance', 'Rotterdam'),
  sample('Fleet Maintenance Technician', 'UK/TRN/210', 'Transport', 'Felixstowe'),
  sample('Harbour Pilot Liaison', 'NL/OPS/021', 'Operations', 'Rotterdam Maasvlakte'),
  sample('Sustainability Reporting Lead', 'UK/FIN/011', 'Finance', 'London'),
]
