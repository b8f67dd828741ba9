/** The only source of now in the program. Leases and expiries are compared with the database's clock instead. */
export const now = (): Date => new Date()
