import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { refuseInner } from "./target";

/**
 * A DNS lookup that is refused if any address in the answer must not be reached. The socket connects to exactly the addresses
 * returned here, so a name that changes between two lookups (DNS rebinding) gains nothing.
 */
export function guardedLookup(allowPrivate: boolean, base: LookupFunction = systemLookup as LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    base(hostname, options, (error, address, family) => {
      if (error) {
        callback(error, address, family);
        return;
      }
      try {
        const found = typeof address === "string" ? [address] : address.map((one) => one.address);
        for (const one of found) refuseInner(one, allowPrivate);
      } catch (refusal) {
        callback(refusal as NodeJS.ErrnoException, "", 0);
        return;
      }
      callback(null, address, family);
    });
  };
}
