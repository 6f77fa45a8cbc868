// Runs before anything else is loaded, so it uses nothing that an old Node lacks.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Watchfloor needs Node 20.19 or newer; this is ${process.versions.node}. Get it from https://nodejs.org`);
  process.exit(1);
}
