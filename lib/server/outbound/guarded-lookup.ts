import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { refuseInner } from "./target";

/**
 * A look-up whose answer is refused when any address in it must not be reached. The socket connects to exactly what this gave,
 * so a name that changes its mind between two look-ups (DNS rebinding) gains nothing.
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
