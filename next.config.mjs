/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,

  // Pages and scripts only: streams never come here, the front door answers them.
  compress: true,
  reactStrictMode: true,
  serverExternalPackages: ["postgres", "pino", "prom-client"],
  turbopack: { root: import.meta.dirname },
  // Few scripts of some size: what is packed together packs better (2 % of the first load), and HTTP/1.1 fetches six at a time.
  experimental: {
    turbopackChunking: { minChunkSize: 150_000, maxMergeChunkSize: 400_000 },
    // A page that cannot be fetched is fetched once the server is back, instead of giving way to the browser's error (decision 0017).
    useOffline: true,
  },
  // `npm run verify` checks the types, with the tests' own packages, which a build does not install.
  typescript: { ignoreBuildErrors: true },
};

export default config;
