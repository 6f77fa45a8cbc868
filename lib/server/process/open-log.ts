import pino, { type DestinationStream, type Logger } from "pino";
import { databaseErrorOf } from "@/db/client";
import { sourcePlaces } from "./source-places";

/** The log of a process. Query errors are logged without the query's values, which may be anything that people or agents said. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const serializers = { err: serialized };
  return to ? pino({ level, serializers }, to) : pino({ level, serializers });
}

function serialized(error: Error) {
  const told = pino.stdSerializers.err(databaseErrorOf(error) as Error);
  return typeof told?.stack === "string" ? { ...told, stack: sourcePlaces(told.stack) } : told;
}
