import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import './globals.css'
import { sayOfPage } from './web/here.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await sayOfPage())('app.name'), referrer: 'same-origin', robots: { index: false } }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Every page is rendered per request, so that each gets a nonce of its own, the 404 included. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  const say = await sayOfPage()
  return (
    <html lang={say.locale}>
      <body>{children}</body>
    </html>
  )
}
