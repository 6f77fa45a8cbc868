import type { DialectAdapter } from "../contract";
import { address } from "./address";
import { catalogue } from "./catalogue";
import { decode } from "./decode";

export const resonant: DialectAdapter = {
  dialect: "resonant",
  catalogue: catalogue.map((entry) => entry.type),
  runField: "data.session_id",
  address,
  decode,
};
export { catalogue as resonantCatalogue } from "./catalogue";
export { type ResonantEnvelope, resonantEncoder, resonantEnvelope, resonantNotice } from "./encode";
export { platformWords } from "./encode-foreign";
