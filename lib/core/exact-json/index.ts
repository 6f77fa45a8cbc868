export { packExact, unpackExact } from "./pack";
export { parseExact } from "./parse-exact";
export { plainJson } from "./plain-json";
export { repeatedKeys } from "./repeated-keys";
export { isSameJson } from "./same-json";
export { exactTextOf, stringifyExact } from "./stringify-exact";
export { ExactNumber, entriesOf, JsonText, objectOf } from "./values";
