/** The process answers. Says nothing about its neighbours: restarting it would not mend them. */
export const GET = (): Response => Response.json({ live: true })

export const dynamic = 'force-dynamic'
