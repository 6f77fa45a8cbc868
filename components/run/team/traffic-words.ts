/** "2 delegations, 1 message"; empty without traffic. */
export function trafficWords({ delegations, messages }: { readonly delegations: number; readonly messages: number }): string {
  const parts: string[] = [];
  if (delegations > 0) parts.push(`${delegations.toLocaleString("en")} ${delegations === 1 ? "delegation" : "delegations"}`);
  if (messages > 0) parts.push(`${messages.toLocaleString("en")} ${messages === 1 ? "message" : "messages"}`);
  return parts.join(", ");
}
