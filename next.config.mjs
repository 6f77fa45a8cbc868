/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // The front door answers the API and its streams; a proxy in front compresses the rest, if anyone wants it.
  compress: false,
  reactStrictMode: true,
  serverExternalPackages: ["postgres", "pino", "prom-client"],
  turbopack: { root: import.meta.dirname },
  // `npm run verify` checks the types, with the tests' own packages, which a build does not install.
  typescript: { ignoreBuildErrors: true },
};

export default config;
