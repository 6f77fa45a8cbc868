import type { NewPrice, Price, PriceList } from "@/lib/core/prices/price";
import type { NewRepricing, Repricing, RepricingList } from "@/lib/core/prices/repricing";
import { request } from "./request";

export function readPrices(signal?: AbortSignal): Promise<PriceList> {
  return request<PriceList>("/api/prices", { signal });
}

export function createPrice(price: NewPrice): Promise<Price> {
  return request<Price>("/api/prices", { method: "POST", body: price });
}

export function deletePrice(id: string): Promise<void> {
  return request<void>(`/api/prices/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function readRepricings(signal?: AbortSignal): Promise<RepricingList["repricings"]> {
  return (await request<RepricingList>("/api/repricings", { signal })).repricings;
}

export function askRepricing(wanted: NewRepricing): Promise<Repricing> {
  return request<Repricing>("/api/repricings", { method: "POST", body: wanted });
}

export function applyRepricing(id: string): Promise<Repricing> {
  return request<Repricing>(`/api/repricings/${encodeURIComponent(id)}/apply`, { method: "POST", body: {} });
}

export function cancelRepricing(id: string): Promise<Repricing> {
  return request<Repricing>(`/api/repricings/${encodeURIComponent(id)}`, { method: "DELETE" });
}
