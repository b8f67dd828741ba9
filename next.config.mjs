/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  distDir: '.next',
  typescript: { ignoreBuildErrors: true }, // `npm run verify` checks types; twice costs a minute and finds nothing more
  images: { unoptimized: true },
  serverExternalPackages: [
    'pg-boss',
    'pg',
    'postgres',
    'pino',
    'prom-client',
    'undici',
    'rate-limiter-flexible',
  ],
}
