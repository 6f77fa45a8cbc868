import pino, { type DestinationStream, type Logger } from "pino";
import { databaseErrorOf } from "@/db/client";

/** The log of a process. What goes wrong with a query is told without the values in it, which may be anything that people or agents said. */
export function openLog(level: string, to?: DestinationStream): Logger {
  const serializers = { err: (error: Error) => pino.stdSerializers.err(databaseErrorOf(error) as Error) };
  return to ? pino({ level, serializers }, to) : pino({ level, serializers });
}
