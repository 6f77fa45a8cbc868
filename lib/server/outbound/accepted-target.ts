import { DomainError } from "../errors";
import { services } from "../services";
import { TargetRefused } from "./target";

/** The normalised form of a typed address, as we store it. Otherwise throws invalid_request with the reason; `path` names the field. */
export async function acceptedTarget(url: string, path: string): Promise<string> {
  try {
    return (await services().outbound.check(url)).href;
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    throw new DomainError("invalid_request", error.message, { path, hint: "Redirects are not followed: give the final address." });
  }
}
